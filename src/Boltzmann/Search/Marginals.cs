namespace Boltzmann.Searching;

/// <summary>How probable it is that each variable is 1, where p(x) ∝ e^(−E(x)/T).</summary>
/// <param name="Temperature">T, in the unit of energy.</param>
/// <param name="Means">p(x = 1), by variable.</param>
/// <param name="StandardErrors">Of them; 0 where they are exact.</param>
/// <param name="Method">"exact", "tempering" or "population".</param>
public sealed record Marginals(double Temperature, IReadOnlyList<double> Means, IReadOnlyList<double> StandardErrors, string Method)
{
    /// <summary>Share of the draws that keep all hard constraints of a problem, which alone count; 1 without hard constraints.</summary>
    public double FeasibleShare { get; init; } = 1;

    /// <summary>
    /// Whether chains stood still at the temperature, and none came back to it from the hottest one: each then tells of the minimum it fell
    /// into, and errors are too small. A longer search, or a higher temperature, helps.
    /// </summary>
    public bool AreDoubtful { get; init; }

    internal static Marginals Exact(double beta, IReadOnlyList<double> means) =>
        new(1 / beta, means, new double[means.Count], "exact");
}
