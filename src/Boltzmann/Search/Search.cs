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
    public static SearchResult Best(BinaryEnergy energy, ISearchMethod method, StopRule stop, ulong seed = Rng.DefaultSeed,
        Backend? backend = null, int solutions = 1, Action<SearchRun>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(energy);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(stop);
        var run = new SearchRun(energy, stop, seed, backend ?? CpuBackend.Shared, solutions);
        SearchStatus? status = run.Verdict();
        if (status is null)
            foreach (SearchRun now in method.Run(run))
            {
                progress?.Invoke(now);
                status = now.Verdict();
                if (status is not null) break;
            }
        // A method may look at its last state in full when it ends.
        if (status is not (null or SearchStatus.Target or SearchStatus.Interrupted)
            && run.Verdict() is SearchStatus.Satisfied or SearchStatus.Proved) status = run.Verdict();
        return new(status ?? SearchStatus.Stalled, run.BestEnergy, run.Best, method.Name, seed, run.Sweeps, run.Updates, run.Seconds,
            run.ProcessorSeconds, run.Restarts, run.Reheats, run.Trace, run.Pool.Solutions, run.Ladder)
        {
            GroundStates = run.GroundStates,
        };
    }
}
