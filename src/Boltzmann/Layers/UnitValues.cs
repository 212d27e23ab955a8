namespace Boltzmann.Models;

/// <summary>
/// The values that units of a kind can take: what checks of rows, binarisation, pictures and messages need to know of a kind.
/// </summary>
/// <param name="Minimum">The least value; −∞ where there is none.</param>
/// <param name="Maximum">The greatest value; +∞ where there is none.</param>
/// <param name="Spacing">Which numbers between them.</param>
public sealed record UnitValues(double Minimum, double Maximum, UnitSpacing Spacing)
{
    /// <summary>0 or 1.</summary>
    public static UnitValues Bits { get; } = new(0, 1, UnitSpacing.Ends);

    /// <summary>−1 or 1.</summary>
    public static UnitValues Spins { get; } = new(-1, 1, UnitSpacing.Ends);

    /// <summary>0, 1, 2, …, one-hot units included.</summary>
    public static UnitValues Counts { get; } = new(0, double.PositiveInfinity, UnitSpacing.Whole);

    /// <summary>Every number from 0 to 1.</summary>
    public static UnitValues UnitInterval { get; } = new(0, 1, UnitSpacing.Real);

    /// <summary>Every number of at least 0.</summary>
    public static UnitValues NonNegative { get; } = new(0, double.PositiveInfinity, UnitSpacing.Real);

    /// <summary>Every number.</summary>
    public static UnitValues Reals { get; } = new(double.NegativeInfinity, double.PositiveInfinity, UnitSpacing.Real);

    /// <summary>The least value; −∞ where there is none.</summary>
    /// <exception cref="ArgumentException">The values do not rise from a minimum to a maximum, or there are only ends and one of them is
    /// infinite.</exception>
    public double Minimum { get; } = Minimum < Maximum
        && (Spacing != UnitSpacing.Ends || (double.IsFinite(Minimum) && double.IsFinite(Maximum)))
        ? Minimum : throw new ArgumentException($"values of units rise from a minimum to a maximum, not from {Minimum} to {Maximum}");

    /// <summary>The greatest value; +∞ where there is none.</summary>
    public double Maximum { get; } = Maximum;

    /// <summary>Which numbers between them.</summary>
    public UnitSpacing Spacing { get; } = Spacing;

    /// <summary>Whether there are two values.</summary>
    public bool IsPair => Spacing == UnitSpacing.Ends;

    /// <summary>Whether every number between the ends is a value.</summary>
    public bool IsContinuous => Spacing == UnitSpacing.Real;

    /// <summary>Whether both ends are finite.</summary>
    public bool IsBounded => double.IsFinite(Minimum) && double.IsFinite(Maximum);
}
