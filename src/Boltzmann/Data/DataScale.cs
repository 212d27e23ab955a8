namespace Boltzmann.Data;

/// <summary>What columns go through before a model sees them.</summary>
public enum DataScale
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Mean 0 and variance 1 of each column, by the training rows.</summary>
    Standardize,

    /// <summary>0..1 of each column, by the training rows.</summary>
    MinMax,

    /// <summary>The normal score of each number's rank among the training rows (<see cref="Data.NormalScores"/>).</summary>
    NormalScores,

    /// <summary>Normal scores where a table's columns are of several types, nothing otherwise.</summary>
    Auto,
}
