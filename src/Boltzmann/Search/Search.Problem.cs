using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <content>Searches that know what they search for.</content>
public static partial class Search
{
    /// <summary>
    /// The best state of a problem until a rule ends the search. Weights of hard constraints that the best state breaks grow, and the
    /// search goes on from its states; what needs no search is not searched, and parts that have nothing to do with each other are
    /// searched apart.
    /// </summary>
    /// <param name="problem">What is to be satisfied.</param>
    /// <param name="method">How.</param>
    /// <param name="stop">When it ends; a target is an energy, of a feasible state.</param>
    /// <param name="seed">All randomness follows from it.</param>
    /// <param name="options">How the problem becomes an energy; null for the defaults.</param>
    /// <param name="backend">What computes; null for all processors.</param>
    /// <param name="progress">Told after each block of sweeps and of each better solution; null for nobody.</param>
    /// <param name="solutions">How many different feasible solutions are kept.</param>
    /// <param name="start">A state of the hypotheses to begin with; null for random ones.</param>
    /// <exception cref="ArgumentException">The problem has no hypotheses.</exception>
    public static ProblemResult Best(Problem problem, ISearchMethod method, StopRule stop, ulong seed = Rng.DefaultSeed,
        ProblemOptions? options = null, Backend? backend = null, Action<ProblemProgress>? progress = null, int solutions = 1,
        byte[]? start = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(stop);
        if (problem.Variables == 0) throw new ArgumentException("the problem has no hypotheses", nameof(problem));
        if (start is not null && start.Length != problem.Variables)
            throw new ArgumentException($"the start has {start.Length:N0} values, the problem {problem.Variables:N0} hypotheses",
                nameof(start));
        options ??= new();
        // Exact methods look at each variable by itself.
        if (method is Enumeration or Elimination) options = options with { Blocks = false };
        return new ProblemSearch(problem, method, stop, seed, options, backend ?? CpuBackend.Shared, progress, solutions, start).Run();
    }
}
