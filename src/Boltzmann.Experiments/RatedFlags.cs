namespace Boltzmann.Experiments;

/// <summary>What a machine of ratings knows to be rated besides what it learns from.</summary>
enum RatedFlags
{
    /// <summary>It has no D.</summary>
    None,

    /// <summary>D, and no more.</summary>
    Training,

    /// <summary>D, and which ratings are hidden in the other parts.</summary>
    All,
}
