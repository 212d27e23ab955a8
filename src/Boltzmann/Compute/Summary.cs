namespace Boltzmann.Compute;

/// <summary>Statistics of a matrix's entries, in double precision, whatever its own.</summary>
/// <param name="Sum">Σ x.</param>
/// <param name="SumOfSquares">Σ x².</param>
/// <param name="Minimum">The least entry; +∞ for an empty matrix.</param>
/// <param name="Maximum">The greatest entry; −∞ for an empty matrix.</param>
/// <param name="NonFinite">Number of entries that are NaN or ±∞; these are left out of the other figures.</param>
public readonly record struct Summary(double Sum, double SumOfSquares, double Minimum, double Maximum, long NonFinite);
