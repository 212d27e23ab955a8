using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>The machine whose weights are given, and that looks for states of low energy (Hinton and Sejnowski 1983).</summary>
public static partial class Search
{
    /// <summary>The best state until a rule ends the search.</summary>
    /// <param name="energy">What is lowered.</param>
    /// <param name="method">How.</param>
    /// <param name="stop">When it ends.</param>
    /// <param name="seed">All randomness follows from it.</param>
    /// <param name="backend">What computes; null for all processors.</param>
    /// <param name="solutions">How many different states are kept.</param>
    /// <param name="progress">Told after each block of sweeps; null for nobody.</param>
    /// <param name="start">States to begin with, 0 or 1 for each variable: each counts as found, and chains of tempering begin in them;
    /// null for random ones.</param>
    /// <param name="checkpoint">A folder that the search is written to, or goes on from: tempering's and annealing's end in the same bytes
    /// as without a stop. Sweeps of a stop rule are all of them, seconds those since the resumption. Null for none.</param>
    /// <exception cref="BadInputException">What the folder holds is not this search.</exception>
    public static SearchResult Best(BinaryEnergy energy, ISearchMethod method, StopRule stop, ulong seed = Rng.DefaultSeed,
        Backend? backend = null, int solutions = 1, Action<SearchRun>? progress = null, IReadOnlyList<byte[]>? start = null,
        SearchCheckpoint? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(energy);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(stop);
        var run = new SearchRun(energy, stop, seed, backend ?? CpuBackend.Shared, solutions) { Start = start ?? [] };
        foreach (byte[] state in run.Start)
        {
            if (state.Length != energy.Variables)
                throw new ArgumentException($"a start has {state.Length:N0} values, the energy {energy.Variables:N0} variables",
                    nameof(start));
            run.Offer(state, 0, 0);
        }
        return Best(run, method, progress, checkpoint is null ? null : new(checkpoint, run, method, solutions));
    }

    internal static SearchResult Best(SearchRun run, ISearchMethod method, Action<SearchRun>? progress, CheckpointKeeper? keeper = null)
    {
        SearchStatus? status = run.Resumed is null ? run.Verdict() : null;
        if (status is null)
            foreach (SearchRun now in method.Run(run))
            {
                progress?.Invoke(now);
                status = now.Verdict();
                if (status is not null) break;
                keeper?.WriteNowAndThen();
            }
        keeper?.Write();
        // A method may look at its last state in full when it ends.
        if (status is not (null or SearchStatus.Target or SearchStatus.Interrupted)
            && run.Verdict() is SearchStatus.Satisfied or SearchStatus.Proved) status = run.Verdict();
        return run.Result(status ?? SearchStatus.Stalled, method.Name);
    }

    /// <summary>
    /// How probable it is that each variable is 1, where p(x) ∝ e^(−E(x)/T): exactly where that is quick, otherwise from tempering's chains
    /// at T.
    /// </summary>
    /// <param name="energy">Of the states.</param>
    /// <param name="temperature">T, in the unit of energy.</param>
    /// <param name="stop">When sampling ends.</param>
    /// <param name="seed">All randomness follows from it.</param>
    /// <param name="backend">What computes; null for all processors.</param>
    /// <exception cref="ArgumentOutOfRangeException">A temperature that is not above 0.</exception>
    public static Marginals Marginals(BinaryEnergy energy, double temperature, StopRule stop, ulong seed = Rng.DefaultSeed,
        Backend? backend = null)
    {
        ArgumentNullException.ThrowIfNull(energy);
        if (!(temperature > 0) || !double.IsFinite(temperature))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "a temperature is above 0");
        ISearchMethod method = SearchMethods.Of("auto", energy, new() { Temperature = temperature });
        return Best(energy, method, stop, seed, backend).Marginals!;
    }
}
