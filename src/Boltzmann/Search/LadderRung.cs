namespace Boltzmann.Searching;

/// <summary>What happened at one temperature.</summary>
/// <param name="Beta">Inverse temperature, in one over the unit of energy.</param>
/// <param name="Energy">Mean energy of its chains since the ladder last changed.</param>
/// <param name="Deviation">Standard deviation of their energies.</param>
/// <param name="Acceptance">Share of variables that a sweep changes; NaN where it was not measured.</param>
/// <param name="SwapRate">Share of the exchanges with the next colder temperature that were accepted; NaN for the coldest.</param>
/// <param name="RoundTrips">Chains that came here from the coldest temperature by way of the hottest.</param>
public sealed record LadderRung(double Beta, double Energy, double Deviation, double Acceptance, double SwapRate, long RoundTrips);
