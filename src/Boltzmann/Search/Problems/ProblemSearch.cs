using System.Diagnostics;

namespace Boltzmann.Searching;

/// <summary>
/// The search for a problem's solution, in rounds: each searches the energy with the weights as they are, and ends when its best state has
/// not changed for a while and breaks hard constraints. Their weights then grow, and the next round begins with the states of this one.
/// </summary>
sealed class ProblemSearch(Problem problem, ISearchMethod method, StopRule stop, ulong seed, ProblemOptions options, Backend backend,
    Action<ProblemProgress>? progress, int solutions, byte[]? start)
{
    /// <summary>Sweeps without a better state after which a round's best one counts; more in later rounds.</summary>
    const long Patience = 64;

    const int MostStates = 64;

    /// <summary>
    /// Descents from random states before anything else: many a puzzle is solved by one of them, long before the terms of its pairs are
    /// written down.
    /// </summary>
    const int FirstDescents = 16;

    /// <summary>
    /// Updates of variables for each step of descent among hypotheses: a vector's update is so much cheaper, and descent takes a small
    /// share of the time.
    /// </summary>
    const double UpdatesPerStep = 20;

    const ulong Golden = 0x9E3779B97F4A7C15;

    readonly long began = Stopwatch.GetTimestamp();
    readonly TimeSpan processorAtStart = Environment.CpuUsage.TotalTime;
    readonly Penalties penalties = problem.Penalties(options);
    readonly List<ProblemTracePoint> trace = [];
    readonly SolutionPool pool = new(solutions);
    readonly bool hasObjective = problem.HasObjective;
    CompiledProblem compiled = null!;
    IReadOnlyDictionary<int, bool> known = null!;
    Simplification? simple;
    SolutionDescent? descent;
    ComponentSearch[] parts = [];
    List<byte[]> carried = [];
    Solution? feasible, lowest;
    bool usesImplied = true;
    int rounds, begun, turn;
    long sweepsBefore, restartsBefore;
    double updatesBefore, energyBefore, descended;

    public ProblemResult Run()
    {
        while (true)
        {
            Begin();
            if (begun == 0 && options.TriesDescent && start is null && !hasObjective && Try() is SearchStatus found) return Result(found);
            try
            {
                Divide();
                if (Round() is SearchStatus status) return Result(status);
                Grow();
            }
            finally
            {
                foreach (ComponentSearch part in parts) part.Dispose();
            }
        }
    }

    long Sweeps => sweepsBefore + (parts.Max(part => part.Run?.Sweeps) ?? 0);

    double Updates => updatesBefore + parts.Sum(part => part.Run?.Updates ?? 0);

    long Restarts => restartsBefore + parts.Sum(part => part.Run?.Restarts ?? 0);

    double Seconds => Stopwatch.GetElapsedTime(began).TotalSeconds;

    Solution Best => feasible ?? lowest!;

    void Begin()
    {
        compiled = problem.Compile(options.Blocks, penalties);
        if (begun == 0 && start is not null) carried = [compiled.WithHelpers(start)];
        known = usesImplied ? compiled.Implied() : compiled.Known;
        usesImplied &= known.Count > compiled.Known.Count;
        descended += descent?.Work ?? 0;
        descent = compiled.Descent(known);
    }

    // Descents from random states; why the search ends with one, if it does.
    SearchStatus? Try()
    {
        var rng = new Rng(seed);
        for (long k = 0; k < (long)FirstDescents * solutions; k++)
        {
            Take(compiled.RandomState(known, rng));
            if (Verdict() is SearchStatus status) return status;
        }
        // What this took is not on the account of the chains' descents.
        descended -= descent!.Work;
        return null;
    }

    // Into parts that are searched, each by its own run.
    void Divide()
    {
        simple = Simplification.Of(compiled.Energy, known);
        StopRule rest = new()
        {
            Seconds = stop.Seconds is double most ? Math.Max(0, most - Seconds) : null,
            Sweeps = stop.Sweeps is long sweeps ? Math.Max(0, sweeps - sweepsBefore) : null,
            Cancellation = stop.Cancellation,
        };
        parts = [.. simple.Components.Select((component, c) => new ComponentSearch(component, method, rest,
            unchecked(seed + Golden * ((ulong)begun << 32 | (uint)c)), backend,
            [.. carried.Select(state => Whole(component, Simplification.Project(component, state)))]))];
        begun++;
        // Weights have changed: only feasible states still mean what they did.
        lowest = null;
        energyBefore = double.PositiveInfinity;
        Note();
    }

    // Why the search ends; null for a next round.
    SearchStatus? Round()
    {
        long changed = Sweeps;
        while (true)
        {
            if (Verdict() is SearchStatus ended) return ended;
            bool isDone = parts.All(part => part.IsFinished);
            if (isDone || Sweeps - changed >= Patience * (1 + rounds / 4))
            {
                if (!lowest!.IsFeasible && CanRaise()) return null;
                // Nothing keeps all hard constraints; what they imply is no reason to break more of them than needed.
                if (isDone && feasible is null && usesImplied)
                {
                    usesImplied = false;
                    return null;
                }
                if (isDone) return Ended(parts.All(part => part.IsProved) ? SearchStatus.Proved : SearchStatus.Stalled);
            }
            foreach (ComponentSearch part in parts) part.Advance();
            if (Note() | Descend()) changed = Sweeps;
            Tell();
        }
    }

    void Tell() =>
        progress?.Invoke(new(Best, Sweeps, Updates, Seconds, rounds, parts.FirstOrDefault(part => part.Run is not null)?.Run)
        {
            CooledState = parts.Any(part => part.Run?.Cooled is not null)
                ? () => simple!.Expand([.. parts.Select(part => part.Run?.CooledState() ?? part.Best)])[..compiled.Hypotheses] : null,
        });

    // Reads the parts' best states if any has changed.
    bool Note()
    {
        double energy = simple!.Offset;
        for (int c = 0; c < parts.Length; c++) energy += parts[c].Run?.BestEnergy ?? 0;
        if (!(energy < energyBefore)) return false;
        energyBefore = energy;
        Take(simple.Expand([.. parts.Select(part => part.Best)]));
        return true;
    }

    // Chains as they are, with slack and helpers at their best: the lowest of them is not where the energy with helpers is lowest.
    bool Descend()
    {
        // Reading the chains is work too.
        if (!descent!.IsStronger || Allowance() < MostStates * compiled.Variables) return false;
        double before = Best.Energy;
        bool wasFeasible = Best.IsFeasible;
        List<byte[]> states = Current();
        descended += MostStates * compiled.Variables;
        for (int k = 0; k < states.Count && Allowance() > 0; k++) Take(states[turn++ % states.Count]);
        return Best.Energy < before || Best.IsFeasible != wasFeasible;

        double Allowance() => Updates / UpdatesPerStep - descended - descent.Work;
    }

    void Take(byte[] state)
    {
        Solution solution = compiled.Read(descent!.Lower(state.AsSpan(0, compiled.Hypotheses)));
        if (lowest is null || solution.Energy < lowest.Energy) lowest = solution;
        // The energy of what is feasible does not depend on weights that grow.
        if (solution.IsFeasible) pool.Add([.. solution.State], solution.Energy);
        bool isBetter = solution.IsFeasible ? feasible is null || solution.Energy < feasible.Energy
            : feasible is null && ReferenceEquals(lowest, solution);
        if (solution.IsFeasible && isBetter) feasible = solution;
        if (!isBetter) return;
        trace.Add(new(Seconds, Sweeps, solution.Energy, solution.IsFeasible));
        Tell();
    }

    SearchStatus? Verdict()
    {
        if (stop.Cancellation.IsCancellationRequested) return SearchStatus.Interrupted;
        if (Best.IsFeasible)
        {
            if (IsSolved && (solutions == 1 || pool.IsFullOf(Best.Energy))) return SearchStatus.Satisfied;
            if (stop.Satisfied is double share && compiled.SatisfiedShare(Best) >= share) return SearchStatus.Satisfied;
            if (stop.Target is double target && Best.Energy <= target + 1e-9 * Math.Max(1, Math.Abs(target))) return SearchStatus.Target;
        }
        return Limit() is SearchStatus ended ? Ended(ended) : null;
    }

    // Where all constraints hold, whatever ended the search for further solutions.
    SearchStatus Ended(SearchStatus status) => IsSolved ? SearchStatus.Satisfied : status;

    bool IsSolved => !hasObjective && Best.IsFeasible && Best.Violated.Count == 0;

    SearchStatus? Limit()
    {
        if (stop.Sweeps is long sweeps && Sweeps >= sweeps) return SearchStatus.Sweeps;
        double now = Seconds;
        if (stop.Seconds is double most && now >= most) return SearchStatus.Seconds;
        ProblemTracePoint? last = trace.Count > 0 ? trace[^1] : null;
        if (stop.StalledSweeps is long still && Sweeps - (last?.Sweeps ?? 0) >= still) return SearchStatus.Stalled;
        return stop.StalledSeconds is double longest && now - (last?.Seconds ?? 0) >= longest ? SearchStatus.Stalled : null;
    }

    int[] Broken() => [.. compiled.Broken([.. lowest!.State])];

    bool CanRaise() => Broken().Any(c => penalties.Weights[c] < penalties.Bounds[c]);

    void Grow()
    {
        bool isRaised = false;
        foreach (int c in Broken()) isRaised |= penalties.Raise(c);
        carried = Current();
        // The best one is among them.
        carried[0] = compiled.WithHelpers([.. Best.State]);
        (sweepsBefore, updatesBefore, restartsBefore) = (Sweeps, Updates, Restarts);
        if (isRaised) rounds++;
    }

    // A state from elsewhere may have none, or several, of a block on.
    static byte[] Whole(EnergyComponent component, byte[] state)
    {
        foreach (IReadOnlyList<int> block in component.Energy.Blocks)
        {
            if (block.Count(i => state[i] != 0) == 1) continue;
            int on = block.FirstOrDefault(i => state[i] != 0, block[0]);
            foreach (int i in block) state[i] = i == on ? (byte)1 : (byte)0;
        }
        return state;
    }

    List<byte[]> Current()
    {
        IReadOnlyList<byte[]>[] states = [.. parts.Select(part => part.States())];
        int count = Math.Clamp(states.Length > 0 ? states.Max(own => own.Count) : 0, 1, MostStates);
        return [.. Enumerable.Range(0, count).Select(k => simple!.Expand([.. states.Select(own => own[k % own.Count])]))];
    }

    // People read values: where the best state is infeasible because some integer has none, or two, it takes its best one.
    Solution Told()
    {
        if (Best.IsFeasible) return Best;
        CompiledProblem whole = problem.Compile(blocks: true, penalties);
        byte[] state = whole.WithWholeBlocks(Best.State);
        return state.SequenceEqual(Best.State) ? Best : compiled.Read(whole.Descent(whole.Known).Lower(state));
    }

    ProblemResult Result(SearchStatus status)
    {
        Solution best = Told();
        var blocks = compiled.BlockConstraints.ToHashSet();
        var weights = new List<ConstraintWeight>();
        for (int c = 0; c < compiled.Constraints.Count; c++)
            if (compiled.Constraints[c].IsHard && !blocks.Contains(compiled.Constraints[c]))
                weights.Add(new(compiled.Constraints[c].Name, penalties.Weights[c], penalties.Raised[c], penalties.Bounds[c]));
        return new(status, best, lowest!, weights, rounds, method.Name, seed, Sweeps, Updates, Seconds,
            (Environment.CpuUsage.TotalTime - processorAtStart).TotalSeconds, Restarts, compiled.Variables, simple?.Removed ?? known.Count,
            simple?.Components.Count ?? 1, trace, parts.FirstOrDefault(part => part.Run is not null)?.Run?.Ladder ?? [])
        {
            Satisfaction = compiled.Check(best),
            Solutions = pool.Solutions is { Count: > 0 } kept ? kept : [new(best.Energy, [.. best.State], 1)],
        };
    }
}
