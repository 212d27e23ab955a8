namespace Boltzmann.Experiments;

/// <summary>How a machine that ranks is learned.</summary>
/// <param name="OfLikes">Whether it is told of liked items only, not of all seen ones.</param>
/// <param name="ByItem">Whether items are its rows.</param>
/// <param name="Hidden">Hidden units.</param>
sealed record RankingPlan(bool OfLikes, bool ByItem, int Hidden)
{
    /// <summary>In words.</summary>
    public string Label => $"RBM, {(ByItem ? "films" : "users")} as rows, told what is {(OfLikes ? "liked" : "seen")}, {Hidden} hidden";
}
