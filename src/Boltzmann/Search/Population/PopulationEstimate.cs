namespace Boltzmann.Searching;

/// <summary>What the last population that was annealed to its end tells.</summary>
/// <param name="Chains">R.</param>
/// <param name="Families">Chains of the beginning that have descendants at the end.</param>
/// <param name="FamilySize">
/// ρ_t = R·Σ f², f the share of each family (Wang, Machta and Katzgraber 2015): how many chains a typical one is related to. The square of
/// the standard error of log Z is about ρ_t/R.
/// </param>
/// <param name="GroundStateShare">Share of the chains that end in a state of the lowest energy found.</param>
/// <param name="GroundStates">
/// How many states of that energy there are, about: share · Z(β)·e^(βE); NaN where no chain ended in one.
/// </param>
public sealed record PopulationEstimate(int Chains, int Families, double FamilySize, double GroundStateShare, double GroundStates)
{
    /// <summary>Whether there were too few chains: ρ_t above R/100, so that log Z and all shares hang on few families.</summary>
    public bool IsTooSmall => FamilySize > Chains / 100.0;
}
