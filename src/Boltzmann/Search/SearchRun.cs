using System.Diagnostics;
using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>A search while it goes on: what a method moves in, the best state so far, and what was counted.</summary>
public sealed partial class SearchRun
{
    readonly GreedyDescent descent;
    readonly List<TracePoint> trace = [];
    readonly byte[] candidate;
    readonly double least;
    readonly long began = Stopwatch.GetTimestamp();
    readonly TimeSpan processorAtStart = Environment.CpuUsage.TotalTime;

    internal SearchRun(BinaryEnergy energy, StopRule stop, ulong seed, Backend backend, int solutions = 1)
    {
        Pool = new(solutions);
        WantsSolutions = solutions > 1;
        Energy = energy;
        Stop = stop;
        Seed = seed;
        Backend = backend;
        descent = new(energy);
        // Clauses of positive weight cost nothing at least.
        least = FocusedSearch.Suits(energy) ? energy.Offset : double.NegativeInfinity;
        candidate = new byte[energy.Variables];
        Best = new byte[energy.Variables];
    }

    /// <summary>What is lowered.</summary>
    public BinaryEnergy Energy { get; }

    /// <summary>When to end.</summary>
    public StopRule Stop { get; }

    /// <summary>All randomness follows from it.</summary>
    public ulong Seed { get; }

    /// <summary>The lowest energy so far; infinite before the first state.</summary>
    public double BestEnergy { get; private set; } = double.PositiveInfinity;

    /// <summary>Sweeps of every chain so far.</summary>
    public long Sweeps { get; internal set; }

    /// <summary>Times a variable was drawn.</summary>
    public double Updates { get; internal set; }

    /// <summary>Anneals that began anew.</summary>
    public long Restarts { get; internal set; }

    /// <summary>Jumps back to a hotter temperature.</summary>
    public long Reheats { get; internal set; }

    /// <summary>Wall time since the search began, without the time between a stop and a resumption.</summary>
    public double Seconds => secondsBefore + SecondsHere;

    /// <summary>Processor time of this program since then, in seconds.</summary>
    public double ProcessorSeconds => processorBefore + (Environment.CpuUsage.TotalTime - processorAtStart).TotalSeconds;

    /// <summary>Every state that was better than all before, in order.</summary>
    public IReadOnlyList<TracePoint> Trace => trace;

    /// <summary>The temperatures and what happened at them; empty for methods without.</summary>
    public IReadOnlyList<LadderRung> Ladder => Rungs();

    internal Func<IReadOnlyList<LadderRung>> Rungs { get; set; } = () => [];

    /// <summary>The temperatures as they stand, hottest first: of an anneal under way those that it has passed.</summary>
    public IReadOnlyList<LadderRung> LadderNow => (Passed ?? Rungs)();

    internal Func<IReadOnlyList<LadderRung>>? Passed { get; set; }

    /// <summary>The state of one chain of an anneal under way, 0 or 1 for each variable; null for methods that do not cool.</summary>
    public byte[]? CooledState() => Cooled?.Invoke();

    internal Func<byte[]>? Cooled { get; set; }

    /// <summary>The best state so far, 0 or 1 for each variable; it changes as the search goes on.</summary>
    public IReadOnlyList<byte> BestState => Best;

    /// <summary>Set by methods that know that nothing is lower.</summary>
    public bool IsProved { get; internal set; }

    /// <summary>How many states have the least energy; null where nobody counted.</summary>
    public long? GroundStates { get; internal set; }

    /// <summary>log Z at the temperature that the method ends at; null where it does not tell.</summary>
    public LogPartitionAt? LogPartition { get; internal set; }

    /// <summary>What the last population tells; null for other methods.</summary>
    public PopulationEstimate? Population { get; internal set; }

    /// <summary>How probable it is that each variable is 1, where that was asked for.</summary>
    internal Func<Marginals?> Marginals { get; set; } = () => null;

    /// <summary>Whether probabilities are measured: a lowest energy is then not all that is wanted, and does not end the run.</summary>
    internal bool Measures { get; set; }

    /// <summary>What a drawn state is worth where marginals are measured, 0 for nothing; null where all are worth the same.</summary>
    internal Func<byte[], double>? WeightOf { get; init; }

    internal Backend Backend { get; }

    /// <summary>States that chains begin with, 0 or 1 for each variable; empty for random ones.</summary>
    internal IReadOnlyList<byte[]> Start { get; init; } = [];

    /// <summary>The states of chains as they are, the coldest, for a search that goes on elsewhere.</summary>
    internal Func<IReadOnlyList<byte[]>> States { get; set; } = () => [];

    /// <summary>The best different states.</summary>
    internal SolutionPool Pool { get; }

    /// <summary>Whether more than the best state is asked for.</summary>
    internal bool WantsSolutions { get; }

    internal byte[] Best { get; }

    /// <summary>What was found so far.</summary>
    internal SearchResult Result(SearchStatus status, string method) => new(status, BestEnergy, Best, method, Seed, Sweeps, Updates,
        Seconds, ProcessorSeconds, Restarts, Reheats, Trace, Pool.Solutions, Ladder)
    {
        GroundStates = GroundStates,
        LogPartition = LogPartition,
        Marginals = Marginals(),
        Population = Population,
    };

    /// <summary>Whether the search must end, and why; null while it may go on.</summary>
    public SearchStatus? Verdict()
    {
        if (IsProved) return IsGoodEnough ? SearchStatus.Satisfied : SearchStatus.Proved;
        bool isLeast = !Measures && BestEnergy <= least;
        // Where several states are wanted, one that cannot be better is not all of them.
        if ((IsGoodEnough || isLeast) && (!WantsSolutions || Pool.IsFullOf(IsGoodEnough ? Enough : least)))
            return IsGoodEnough ? SearchStatus.Satisfied : SearchStatus.Proved;
        // Sums of many weights round; a target that is met up to that is met.
        if (Stop.Target is double target && BestEnergy <= target + 1e-9 * Math.Max(Energy.Scale,
            Math.Abs(target))) return SearchStatus.Target;
        SearchStatus? ended = Limit();
        if (ended is null or SearchStatus.Interrupted) return ended;
        return IsGoodEnough ? SearchStatus.Satisfied : isLeast ? SearchStatus.Proved : ended;
    }

    double Enough => Stop.SatisfiedEnergy is double enough ? enough + 1e-12 * Math.Abs(enough) : double.NegativeInfinity;

    bool IsGoodEnough => !Measures && BestEnergy <= Enough;

    SearchStatus? Limit()
    {
        if (Stop.Sweeps is long sweeps && Sweeps >= sweeps) return SearchStatus.Sweeps;
        long at = trace.Count > 0 ? trace[^1].Sweeps : 0;
        if (Stop.StalledSweeps is long still && Sweeps - at >= still) return SearchStatus.Stalled;
        return Timeout();
    }

    /// <summary>Takes a state if it, or what descends from it, is better than the best.</summary>
    /// <param name="state">0 or 1 for each variable; not changed.</param>
    /// <param name="beta">Of the chain that had it.</param>
    /// <param name="chain">Its number.</param>
    /// <returns>Whether it was taken.</returns>
    internal bool Offer(ReadOnlySpan<byte> state, double beta, int chain)
    {
        state.CopyTo(candidate);
        descent.Lower(candidate);
        double energy = Energy.Of(candidate);
        Pool.Add(candidate, energy);
        if (!(energy < BestEnergy - 1e-12 * Math.Max(Energy.Scale, Math.Abs(energy)))) return false;
        BestEnergy = energy;
        candidate.CopyTo(Best, 0);
        trace.Add(new(Seconds, Sweeps, energy, beta, chain));
        return true;
    }

    /// <summary>
    /// Takes the lowest of the states that groups have noted since they were last told to watch; of equal ones the first group's.
    /// </summary>
    /// <param name="groups">Chain c of group g has the number 64g + c.</param>
    internal void OfferBest(ChainLanes[] groups)
    {
        int best = -1;
        for (int g = 0; g < groups.Length; g++)
            if (groups[g].BestAt.Chain >= 0 && (best < 0 || groups[g].BestEnergy < groups[best].BestEnergy)) best = g;
        if (best >= 0) Offer(groups[best].Best, groups[best].Beta, best * ChainLanes.Count + groups[best].BestAt.Chain);
    }

    /// <summary>Moves groups of one program, counts it, and takes the lowest state that they met.</summary>
    internal void Sweep(ChainLanes[] groups, int sweeps)
    {
        foreach (ChainLanes group in groups) group.Watch(BestEnergy);
        Backend.SweepLanes(groups, sweeps);
        Sweeps += sweeps;
        Updates += (double)sweeps * groups[0].Program.Units * ChainLanes.Count * groups.Length;
        OfferBest(groups);
    }

    /// <summary>Takes the states of chains that stand still, where more than the best one is asked for.</summary>
    internal void OfferAll(ChainLanes chains)
    {
        if (!WantsSolutions) return;
        for (int c = 0; c < ChainLanes.Count; c++)
        {
            if (!Pool.Wants(chains.Energies[c] - chains.Program.Resolution)) continue;
            chains.Get(c, candidate);
            descent.Lower(candidate);
            Pool.Add(candidate, Energy.Of(candidate));
        }
    }

    /// <summary>Whether the search must end for a reason that has nothing to do with sweeps: a block half done is then given up.</summary>
    internal SearchStatus? Timeout()
    {
        if (Stop.Cancellation.IsCancellationRequested) return SearchStatus.Interrupted;
        if (Stop.Seconds is double most && SecondsHere >= most) return SearchStatus.Seconds;
        double last = trace.Count > 0 ? trace[^1].Seconds : 0;
        return Stop.StalledSeconds is double still && Seconds - Math.Max(last, secondsBefore) >= still ? SearchStatus.Stalled : null;
    }
}
