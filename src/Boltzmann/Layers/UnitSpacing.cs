namespace Boltzmann.Models;

/// <summary>Which numbers between two ends a unit can take.</summary>
public enum UnitSpacing
{
    /// <summary>The two ends and nothing between them, which stands for means or grey values.</summary>
    Ends,

    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Every number.</summary>
    Real,
}
