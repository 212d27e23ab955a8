namespace Boltzmann.Searching;

/// <summary>What a constraint asks of its hypotheses.</summary>
public enum ConstraintKind
{
    /// <summary>At least one of the literals holds.</summary>
    Clause,

    /// <summary>An odd number of the literals hold.</summary>
    Xor,

    /// <summary>A sum is equal to, at most or at least a bound.</summary>
    Linear,

    /// <summary>A hypothesis holds exactly where two others do.</summary>
    Product,

    /// <summary>Integers differ from each other.</summary>
    AllDifferent,
}
