namespace Boltzmann.Runs;

/// <summary>What columns go through before a model sees them.</summary>
public enum DataScale
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Mean 0 and variance 1 of each column, by the training rows.</summary>
    Standardize,

    /// <summary>0..1 of each column, by the training rows.</summary>
    MinMax,
}
