using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>Anneals one after another: random states, levels of rising β, a quench, and a new schedule from what was measured.</summary>
sealed class AnnealingRun
{
    /// <summary>Temperatures of an anneal: tables of chances are made for each.</summary>
    const int Levels = 100;

    /// <summary>Sweeps of the first look at the temperatures, and of a quench.</summary>
    const int PilotSweeps = 100, QuenchSweeps = 8;

    /// <summary>Updates between two looks at the clock: some hundredth of a second.</summary>
    const double UpdatesPerCall = 3e7;

    const double Infinite = 1e-9, Frozen = 100;

    readonly SearchRun run;
    readonly Annealing settings;
    readonly ChainLanes[] groups;
    readonly int mostSweeps;
    TemperatureRange range;

    public AnnealingRun(SearchRun run, Annealing settings)
    {
        this.run = run;
        this.settings = settings;
        LaneProgram program = EnergyLanes.Compile(run.Energy);
        groups = [.. Enumerable.Range(0, settings.Groups).Select(g => new ChainLanes(program, run.Energy.Offset, run.Seed, (uint)g))];
        mostSweeps = (int)Math.Clamp(UpdatesPerCall / ((double)program.Units * ChainLanes.Count * groups.Length), 1, 64);
        range = settings.Range ?? TemperatureRange.Of(run.Energy);
        run.States = States;
        run.Cooled = () => Chain(0);
    }

    public IEnumerable<SearchRun> Steps()
    {
        var curve = new AnnealingCurve(range.Geometric(Levels), groups[0].Program.Units);
        if (settings.Sweeps > 1)
            foreach (SearchRun now in Anneal(curve, PilotSweeps)) yield return now;
        for (long sweeps = settings.Sweeps; ; sweeps = settings.Doubles ? Math.Min(2 * sweeps, 1 << 30) : sweeps)
        {
            if (settings.Range is null && settings.Sweeps > 1) range = new(range.Hot, curve.ColdEnd(range.Cold));
            double[] betas = settings.Schedule switch
            {
                AnnealingSchedule.Geometric => range.Geometric(Levels),
                AnnealingSchedule.Linear => [.. Enumerable.Range(0, Levels).Select(l => range.Hot
                    + (range.Cold - range.Hot) * l / (Levels - 1))],
                _ => curve.Even(range, Levels),
            };
            curve = new(betas, groups[0].Program.Units);
            foreach (SearchRun now in Anneal(curve, sweeps)) yield return now;
            int top = curve.Peak;
            for (int reheat = 0; reheat < settings.Reheats; reheat++)
            {
                run.Reheats++;
                foreach (SearchRun now in Cool(curve, top, sweeps)) yield return now;
            }
            run.Restarts++;
            run.Rungs = curve.Rungs;
        }
    }

    IEnumerable<SearchRun> Anneal(AnnealingCurve curve, long sweeps)
    {
        run.Passed = curve.Rungs;
        foreach (ChainLanes group in groups) group.Beta = Infinite * range.Hot;
        run.Backend.SweepLanes(groups, 1);
        return Cool(curve, 0, sweeps);
    }

    byte[][] States() => [.. Enumerable.Range(0, ChainLanes.Count).Select(Chain)];

    byte[] Chain(int chain)
    {
        byte[] state = new byte[groups[0].Program.Units];
        groups[0].Get(chain, state);
        return state;
    }

    // Levels from one on, then a quench.
    IEnumerable<SearchRun> Cool(AnnealingCurve curve, int from, long sweeps)
    {
        long done = 0;
        if (settings.Sweeps > 1)
            for (int level = from; level < Levels; level++)
            {
                long until = sweeps * (level + 1) / Levels;
                if (level == from) done = sweeps * level / Levels;
                if (until <= done) continue;
                foreach (ChainLanes group in groups) group.Beta = curve.Betas[level];
                curve.Begin(groups);
                for (; done < until;)
                {
                    int now = (int)Math.Min(mostSweeps, until - done);
                    run.Sweep(groups, now);
                    done += now;
                    yield return run;
                }
                curve.End(level, groups);
            }
        foreach (ChainLanes group in groups) group.Beta = Frozen * Math.Max(range.Cold, curve.Betas[^1]);
        for (int sweep = 0; sweep < QuenchSweeps;)
        {
            int now = Math.Min(mostSweeps, QuenchSweeps - sweep);
            run.Sweep(groups, now);
            sweep += now;
            yield return run;
        }
        // No minimum of these chains has been left out: the lowest of them descends, whether or not it is better already.
        Offer();
        yield return run;
    }

    void Offer()
    {
        foreach (ChainLanes chains in groups) run.OfferAll(chains);
        var (group, chain) = (0, 0);
        for (int g = 0; g < groups.Length; g++)
            for (int c = 0; c < ChainLanes.Count; c++)
                if (groups[g].Energies[c] < groups[group].Energies[chain]) (group, chain) = (g, c);
        groups[group].Get(chain, groups[group].Best);
        run.Offer(groups[group].Best, groups[group].Beta, group * ChainLanes.Count + chain);
    }
}
