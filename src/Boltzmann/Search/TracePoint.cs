namespace Boltzmann.Searching;

/// <summary>A state that was better than all before.</summary>
/// <param name="Seconds">Since the search began.</param>
/// <param name="Sweeps">Sweeps of every chain until then.</param>
/// <param name="Energy">Its energy, computed in double precision from the problem.</param>
/// <param name="Beta">Inverse temperature of the chain that found it; 0 for none.</param>
/// <param name="Chain">Number of that chain.</param>
public sealed record TracePoint(double Seconds, long Sweeps, double Energy, double Beta, int Chain);
