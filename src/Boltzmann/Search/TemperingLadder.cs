using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>The chains of a tempering search at all temperatures, and the rules that place the temperatures.</summary>
sealed class TemperingLadder
{
    const int Fewest = 16, Most = 64;
    const int Chains = ChainLanes.Count;

    readonly SearchRun run;
    readonly Tempering settings;
    readonly LaneProgram program;
    readonly List<ChainLanes> groups = [];
    readonly LadderMeter meter;
    readonly byte[] state;
    readonly ChainLanes quench;
    readonly ChainLanes[] alone;
    readonly ColumnCounts? counts;
    ChainLanes[] all = [], moved = [];
    double[] betas;
    long round, lastChange, nextChange = FirstChange;

    const int FirstChange = 16;
    const double Infinite = 1e-9, Frozen = 100;
    const double UpdatesPerCall = 1e8;
    const int MeasureEvery = 8, Settling = 8;

    /// <summary>How much hotter the hottest chains begin than a temperature that is asked for, at least.</summary>
    const double Hotter = 0.5;
    const uint QuenchGroup = 1 << 16;

    public TemperingLadder(SearchRun run, Tempering settings)
    {
        this.run = run;
        this.settings = settings;
        program = EnergyLanes.Compile(run.Energy);
        state = new byte[program.Units];
        betas = Range(run.Energy, settings).Geometric(settings.Temperatures ?? Fewest);
        if (settings.Temperature is double temperature)
        {
            counts = new(program.Units, temperature);
            run.Marginals = counts.Marginals;
            run.Measures = true;
        }
        meter = new(this);
        for (uint t = 0; t < betas.Length; t++) groups.Add(new(program, run.Energy.Offset, run.Seed, t) { Beta = Infinite * betas[0] });
        // At infinite temperature one sweep draws a random state, and carries its energy.
        run.Backend.SweepLanes([.. groups], 1);
        if (run.Start.Count > 0) groups.ForEach(Begin);
        quench = new(program, run.Energy.Offset, run.Seed, QuenchGroup);
        alone = [quench];
        Place();
        meter.Clear();
        run.Rungs = meter.Rungs;
        run.States = Coldest;
    }

    public IReadOnlyList<ChainLanes> Groups => groups;

    public double[] Betas => betas;

    public LaneProgram Program => program;

    /// <summary>Sweeps, exchanges, and now and then new temperatures.</summary>
    /// <returns>False if time ended it half-way.</returns>
    public bool Advance()
    {
        int sweeps = settings.SweepsPerExchange;
        if (run.Stop.Sweeps is long most) sweeps = (int)Math.Min(sweeps, Math.Max(1, most - run.Sweeps));
        if (round % MeasureEvery == 0) Measure((int)(round / MeasureEvery % all.Length));
        quench.CopyFrom(all[^(1 + (int)(round % Math.Max(1, all.Length / 2)))]);
        foreach (ChainLanes group in moved) group.Watch(run.BestEnergy);
        meter.Begin();
        if (!Sweep(sweeps)) return false;
        meter.End();
        run.Sweeps += sweeps;
        run.Updates += (double)sweeps * program.Units * Chains * moved.Length;
        run.OfferBest(moved);
        run.OfferAll(quench);
        meter.Exchange(run.Backend, new Rng(run.Seed, stream: 1, step: (ulong)round), (int)(round & 1));
        round++;
        // Chains that have just come to another temperature do not count yet.
        if (counts is not null && run.Sweeps - lastChange > lastChange / Settling) counts.Add(all[^1]);
        if (run.Sweeps >= nextChange) Adapt();
        return true;
    }

    static TemperatureRange Range(BinaryEnergy energy, Tempering settings)
    {
        TemperatureRange range = settings.Range ?? TemperatureRange.Of(energy);
        if (settings.Temperature is not double temperature) return range;
        return new(Math.Min(range.Hot, Hotter / temperature), 1 / temperature);
    }

    // What a sweep changes, on a copy.
    void Measure(int t)
    {
        quench.Beta = betas[t];
        quench.CopyFrom(all[t]);
        run.Backend.SweepLanes(alone, 1);
        meter.Acceptance[t] = quench.DifferenceFrom(all[t]);
        quench.Beta = Frozen * betas[^1];
    }

    // Many at once where that is quick; otherwise a few at a time, so that the clock is heeded.
    bool Sweep(int sweeps)
    {
        double updates = (double)program.Units * Chains;
        int many = (int)Math.Clamp(UpdatesPerCall / updates, 1, moved.Length);
        if (many == moved.Length && updates * moved.Length * sweeps <= 4 * UpdatesPerCall)
        {
            run.Backend.SweepLanes(moved, sweeps);
            return true;
        }
        for (int sweep = 0; sweep < sweeps; sweep++)
            foreach (ChainLanes[] few in moved.Chunk(many))
            {
                run.Backend.SweepLanes(few, 1);
                if (run.Timeout() is not null) return false;
            }
        return true;
    }

    void Adapt()
    {
        lastChange = run.Sweeps;
        nextChange = run.Sweeps * 2;
        counts?.Turn();
        if (settings.Range is null || settings.Temperatures is null)
        {
            double[] better = LadderPlan.Next(meter, betas, settings, Fewest, Most);
            while (groups.Count < better.Length) Copy(groups.Count);
            // The hottest go, which forget soonest.
            if (groups.Count > better.Length) groups.RemoveRange(0, groups.Count - better.Length);
            betas = better;
        }
        Place();
        meter.Clear();
    }

    void Begin(ChainLanes group)
    {
        for (int c = 0; c < Chains; c++) group.Set(c, run.Start[c % run.Start.Count]);
        group.Recompute();
    }

    byte[][] Coldest()
    {
        byte[][] states = new byte[Chains][];
        for (int c = 0; c < Chains; c++) all[^1].Get(c, states[c] = new byte[program.Units]);
        return states;
    }

    // A new group starts from the states of an old one, chain by chain.
    void Copy(int index)
    {
        ChainLanes from = groups[index % all.Length], to = new(program, run.Energy.Offset, run.Seed, (uint)index);
        for (int c = 0; c < Chains; c++)
        {
            from.Get(c, state);
            to.Set(c, state);
        }
        to.Recompute();
        groups.Add(to);
    }

    void Place()
    {
        all = [.. groups];
        // Colder states are lower ones: those of the groups as they are, in order of their mean energies.
        Array.Sort([.. all.Select(g => -g.Energies.Average())], all);
        groups.Clear();
        groups.AddRange(all);
        for (int t = 0; t < all.Length; t++) all[t].Beta = betas[t];
        quench.Beta = Frozen * betas[^1];
        moved = [.. all, quench];
    }
}
