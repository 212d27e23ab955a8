using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <content>Probabilities under constraints.</content>
public static partial class Search
{
    /// <summary>
    /// How probable each hypothesis is, given that all hard constraints hold: p(x) ∝ e^(−E(x)/T), E the objective and what soft constraints
    /// cost, over the states that keep them; exactly where that is quick, otherwise by tempering, of whose draws those count that keep
    /// them.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="temperature">T, in the unit of energy.</param>
    /// <param name="stop">When sampling ends; exact sums end by its time and cancellation.</param>
    /// <param name="seed">All randomness follows from it.</param>
    /// <param name="backend">What computes; null for all processors.</param>
    /// <param name="method">auto, exact or tempering.</param>
    /// <param name="options">How the problem becomes an energy that is sampled; null for the defaults.</param>
    /// <param name="settings">Temperatures and chains of tempering; null for the defaults.</param>
    /// <param name="progress">Told after each block of sweeps; null for nobody.</param>
    /// <exception cref="BadInputException">Nothing keeps all hard constraints, no draw did, or exact sums take too long.</exception>
    /// <exception cref="ArgumentException">Another method, a problem without hypotheses, or a temperature that is not above 0.</exception>
    public static ProblemMarginals Marginals(Problem problem, double temperature, StopRule stop, ulong seed = Rng.DefaultSeed,
        Backend? backend = null, string method = "auto", ProblemOptions? options = null, SearchSettings? settings = null,
        Action<SearchRun>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(stop);
        if (!(temperature > 0) || !double.IsFinite(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "a temperature is above 0");
        if (problem.Variables == 0) throw new ArgumentException("the problem has no hypotheses", nameof(problem));
        if (method is not ("auto" or "exact" or "tempering"))
            throw new ArgumentException($"{method} does not tell how probable hypotheses are under constraints; tempering and exact do",
                nameof(method));
        var inference = new ConstrainedInference(problem, temperature, stop, seed, backend ?? CpuBackend.Shared);
        return (method == "tempering" ? null : inference.Exact(isAsked: method == "exact"))
            ?? inference.Sampled(options ?? new(), settings ?? new(), progress);
    }
}
