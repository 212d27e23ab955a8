namespace Boltzmann.Searching;

/// <summary>How a sum compares with a bound.</summary>
public enum Relation
{
    /// <summary>=</summary>
    Equal,

    /// <summary>≤</summary>
    AtMost,

    /// <summary>≥</summary>
    AtLeast,
}
