namespace Boltzmann.Data;

/// <summary>The parts that a data set is published in.</summary>
public enum DataSplit
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose settings by.</summary>
    Validation,

    /// <summary>To judge by, at the end.</summary>
    Test,
}
