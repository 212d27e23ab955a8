namespace Boltzmann.Searching;

/// <summary>Counts of states at one temperature, in columns of chains that exchange states only within their column.</summary>
interface IColumnCounts
{
    /// <summary>Counts the states as they are.</summary>
    void Add(LadderChains chains);

    /// <summary>Temperatures have changed.</summary>
    void Turn();

    /// <summary>Means over columns and their errors; null before anything was counted.</summary>
    Marginals? Marginals();

    /// <summary>Keeps the counts in an archive.</summary>
    void Keep(SearchArchive archive);
}
