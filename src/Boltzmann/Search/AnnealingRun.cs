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
    AnnealingCurve curve;
    AnnealingCurve? told;

    // Where an anneal is: its length, its level and the sweeps until there, of the quench behind it, and the jumps back so far.
    long sweeps, done;
    int level, quenched, reheats, peak;
    bool isPilot, isAtLevel, isOffered;

    public AnnealingRun(SearchRun run, Annealing settings)
    {
        this.run = run;
        this.settings = settings;
        LaneProgram program = EnergyLanes.Compile(run.Energy);
        groups = [.. Enumerable.Range(0, settings.Groups).Select(g => new ChainLanes(program, run.Energy.Offset, run.Seed, (uint)g))];
        mostSweeps = (int)Math.Clamp(UpdatesPerCall / ((double)program.Units * ChainLanes.Count * groups.Length), 1, 64);
        range = settings.Range ?? TemperatureRange.Of(run.Energy);
        curve = new(range.Geometric(Levels), program.Units);
        run.States = States;
        run.Cooled = () => Chain(0);
        run.Rungs = () => told?.Rungs() ?? [];
        run.KeepMethod = Keep;
        if (run.Resumed is SearchArchive archive) Keep(archive);
        else Begin();
    }

    public IEnumerable<SearchRun> Steps()
    {
        // What goes on may have been at its end.
        if (run.Resumed is not null) yield return run;
        while (true)
        {
            while (Move()) yield return run;
            Next();
        }
    }

    // The first look at the temperatures, or where there is no heat the first descent.
    void Begin()
    {
        isPilot = settings.Sweeps > 1;
        sweeps = isPilot ? PilotSweeps : settings.Sweeps;
        Draw();
        Cool(from: 0);
    }

    // The next anneal, or the same one again from where its energy fell fastest.
    void Next()
    {
        if (!isPilot)
        {
            if (reheats == 0) peak = curve.Peak;
            if (reheats < settings.Reheats)
            {
                reheats++;
                run.Reheats++;
                Cool(peak);
                return;
            }
            run.Restarts++;
            told = curve;
        }
        sweeps = isPilot ? settings.Sweeps : settings.Doubles ? Math.Min(2 * sweeps, 1 << 30) : sweeps;
        (isPilot, reheats) = (false, 0);
        if (settings.Range is null && settings.Sweeps > 1) range = new(range.Hot, curve.ColdEnd(range.Cold));
        curve = new(settings.Schedule switch
        {
            AnnealingSchedule.Geometric => range.Geometric(Levels),
            AnnealingSchedule.Linear => [.. Enumerable.Range(0, Levels).Select(l => range.Hot
                + (range.Cold - range.Hot) * l / (Levels - 1))],
            _ => curve.Even(range, Levels),
        }, groups[0].Program.Units);
        Draw();
        Cool(from: 0);
    }

    // Random states.
    void Draw()
    {
        run.Passed = curve.Rungs;
        foreach (ChainLanes group in groups) group.Beta = Infinite * range.Hot;
        run.Backend.SweepLanes(groups, 1);
    }

    void Cool(int from) => (level, done, isAtLevel, quenched, isOffered) = (from, sweeps * from / Levels, false, 0, false);

    byte[][] States() => [.. Enumerable.Range(0, ChainLanes.Count).Select(Chain)];

    byte[] Chain(int chain)
    {
        byte[] state = new byte[groups[0].Program.Units];
        groups[0].Get(chain, state);
        return state;
    }

    // A block of sweeps: levels one after another, then a quench. False at its end.
    bool Move()
    {
        while (settings.Sweeps > 1 && level < Levels)
        {
            long until = sweeps * (level + 1) / Levels;
            if (!isAtLevel && until > done)
            {
                foreach (ChainLanes group in groups) group.Beta = curve.Betas[level];
                curve.Begin(groups);
                isAtLevel = true;
            }
            if (until > done)
            {
                done += Sweep(until - done);
                return true;
            }
            if (isAtLevel) curve.End(level, groups);
            isAtLevel = false;
            level++;
        }
        if (quenched < QuenchSweeps)
        {
            foreach (ChainLanes group in groups) group.Beta = Frozen * Math.Max(range.Cold, curve.Betas[^1]);
            quenched += Sweep(QuenchSweeps - quenched);
            return true;
        }
        if (isOffered) return false;
        // No minimum of these chains has been left out: the lowest of them descends, whether or not it is better already.
        Offer();
        return isOffered = true;
    }

    int Sweep(long left)
    {
        int now = (int)Math.Min(mostSweeps, left);
        run.Sweep(groups, now);
        return now;
    }

    void Keep(SearchArchive archive)
    {
        for (int g = 0; g < groups.Length; g++) archive.Keep($"anneal.{g}", groups[g]);
        range = archive.Keep("anneal.range", range);
        curve = curve.Kept(archive, "anneal.curve");
        bool hasTold = archive.Keep("anneal.is_told", (byte)(told is null ? 0 : 1)) != 0;
        if (hasTold) told = (told ?? curve).Kept(archive, "anneal.told");
        sweeps = archive.Keep("anneal.sweeps", sweeps);
        done = archive.Keep("anneal.done", done);
        int[] place = archive.Keep("anneal.place",
            [level, quenched, reheats, peak, isPilot ? 1 : 0, isAtLevel ? 1 : 0, isOffered ? 1 : 0]);
        (level, quenched, reheats, peak) = (place[0], place[1], place[2], place[3]);
        (isPilot, isAtLevel, isOffered) = (place[4] != 0, place[5] != 0, place[6] != 0);
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
