using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>The chains of a tempering search at all temperatures, and the rules that place the temperatures.</summary>
sealed class TemperingLadder
{
    const int Fewest = 16, Most = 64;

    readonly SearchRun run;
    readonly Tempering settings;
    readonly LaneProgram program;
    readonly List<LadderChains> rungs = [];
    readonly LadderMeter meter;
    readonly LadderExchanges exchanges;
    readonly LadderChains quench;
    readonly ChainLanes[] alone;
    readonly IColumnCounts? counts;
    ChainLanes[] moved = [];
    double[] betas;
    long round, lastChange, nextChange = FirstChange, tripsBefore;

    const int FirstChange = 16;
    const double Infinite = 1e-9, Frozen = 100;
    const double UpdatesPerCall = 1e8;
    const int MeasureEvery = 8, ClustersEvery = 4, Settling = 8;

    /// <summary>Share of the variables that a sweep changes, below which chains may stay in the minimum they fell into.</summary>
    const double Standstill = 0.01;

    /// <summary>How much hotter the hottest chains begin than a temperature that is asked for, at least.</summary>
    const double Hotter = 0.5;

    // Numbers of groups: a temperature's first, then those of further groups at all temperatures.
    const uint QuenchGroup = 1 << 16;
    const int FurtherGroups = 20;

    public TemperingLadder(SearchRun run, Tempering settings)
    {
        this.run = run;
        this.settings = settings;
        program = EnergyLanes.Compile(run.Energy);
        if (settings.ClusterMoves && (program.Clauses is not null || program.BlockEnds.Length > 0 || settings.Temperature is not null))
            throw new ArgumentException("clusters are of pairs of variables: they serve neither clauses nor blocks, nor marginals, whose "
                + "errors need chains that have nothing to do with each other", nameof(settings));
        betas = Range(run.Energy, settings).Geometric(settings.Temperatures ?? Fewest);
        if (settings.Temperature is double temperature)
        {
            counts = run.WeightOf is null ? new ColumnCounts(program.Units, settings.Groups, temperature)
                : new WeightedCounts(program.Units, settings.Groups, temperature, run.WeightOf);
            run.Marginals = Marginals;
            run.Measures = true;
        }
        meter = new(this);
        exchanges = new(this, meter, settings.Groups);
        quench = Chains(QuenchGroup);
        alone = [quench.Groups[0]];
        if (run.Resumed is SearchArchive archive) Keep(archive);
        else Begin();
        run.KeepMethod = Keep;
        run.Rungs = meter.Rungs;
        run.States = () => rungs[^1].States();
    }

    /// <summary>The chains at each temperature, the hottest first.</summary>
    public IReadOnlyList<LadderChains> Rungs => rungs;

    public double[] Betas => betas;

    public LaneProgram Program => program;

    /// <summary>Sweeps, exchanges, and now and then new temperatures.</summary>
    /// <returns>False if time ended it half-way.</returns>
    public bool Advance()
    {
        int sweeps = settings.SweepsPerExchange;
        if (run.Stop.Sweeps is long most && most - run.Sweeps < sweeps)
        {
            run.Remember();
            sweeps = (int)Math.Max(1, most - run.Sweeps);
        }
        if (round % MeasureEvery == 0) Measure((int)(round / MeasureEvery % rungs.Count));
        quench.CopyFrom(rungs[^(1 + (int)(round % Math.Max(1, rungs.Count / 2)))]);
        foreach (ChainLanes group in moved) group.Watch(run.BestEnergy);
        meter.Begin();
        exchanges.Begin(new Rng(run.Seed, stream: 1, step: (ulong)round), (int)(round & 1));
        if (!Sweep(sweeps)) return false;
        meter.End();
        run.Sweeps += sweeps;
        run.Updates += (double)sweeps * program.Units * ChainLanes.Count * moved.Length;
        run.OfferBest(moved);
        foreach (ChainLanes group in quench.Groups) run.OfferAll(group);
        if (settings.ClusterMoves && round % ClustersEvery == 0) MoveClusters();
        round++;
        // Chains that have just come to another temperature do not count yet.
        if (counts is not null && run.Sweeps - lastChange > lastChange / Settling) counts.Add(rungs[^1]);
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
        ChainLanes copy = alone[0], first = rungs[t].Groups[0];
        copy.Beta = betas[t];
        copy.CopyFrom(first);
        run.Backend.SweepLanes(alone, 1);
        meter.Acceptance[t] = copy.DifferenceFrom(first);
        copy.Beta = Frozen * betas[^1];
    }

    void MoveClusters()
    {
        Draw draw = new Rng(run.Seed, stream: 2, step: (ulong)round).NextDraw();
        ChainLanes[] all = [.. rungs.SelectMany(chains => chains.Groups)];
        run.Backend.RunParts(all.Length, g => new ClusterMoves(all[g]).Move(draw, g));
    }

    // Many at once where that is quick; otherwise a few at a time, so that the clock is heeded.
    bool Sweep(int sweeps)
    {
        double updates = (double)program.Units * ChainLanes.Count;
        int many = (int)Math.Clamp(UpdatesPerCall / updates, 1, moved.Length);
        if (many == moved.Length && updates * moved.Length * sweeps <= 4 * UpdatesPerCall)
        {
            run.Backend.SweepLanes(moved, sweeps, exchanges.Swept);
            return true;
        }
        for (int sweep = 0; sweep < sweeps; sweep++)
            foreach (ChainLanes[] few in moved.Chunk(many))
            {
                run.Backend.SweepLanes(few, 1);
                if (!run.IsKept && run.Timeout() is not null) return false;
            }
        run.Backend.RunParts(moved.Length, exchanges.Swept);
        return true;
    }

    // Between two changes of temperatures there may be no time for a trip.
    Marginals? Marginals() => counts!.Marginals() is not Marginals told ? null
        : told with { AreDoubtful = tripsBefore + meter.TripsToColdest == 0 && !(meter.Acceptance[^1] >= Standstill) };

    void Adapt()
    {
        tripsBefore = meter.TripsToColdest;
        lastChange = run.Sweeps;
        nextChange = run.Sweeps * 2;
        counts?.Turn();
        if (settings.Range is null || settings.Temperatures is null)
        {
            double[] better = LadderPlan.Next(meter, betas, settings, Fewest, Most);
            int before = rungs.Count;
            while (rungs.Count < better.Length) rungs.Add(Copy(rungs[rungs.Count % before], (uint)rungs.Count));
            // The hottest go, which forget soonest.
            if (rungs.Count > better.Length) rungs.RemoveRange(0, rungs.Count - better.Length);
            betas = better;
        }
        Place();
        meter.Clear();
    }

    LadderChains Chains(uint number) => new([.. Enumerable.Range(0, settings.Groups).Select(g =>
        new ChainLanes(program, run.Energy.Offset, run.Seed, (uint)g << FurtherGroups | number))]);

    void Begin()
    {
        for (uint t = 0; t < betas.Length; t++) rungs.Add(Chains(t));
        // At infinite temperature one sweep draws a random state, and carries its energy.
        foreach (LadderChains chains in rungs) chains.Beta = Infinite * betas[0];
        run.Backend.SweepLanes([.. rungs.SelectMany(chains => chains.Groups)], 1);
        if (run.Start.Count > 0) rungs.ForEach(Begin);
        Place();
        meter.Clear();
    }

    void Keep(SearchArchive archive)
    {
        betas = archive.KeepAny("ladder.betas", betas);
        if (archive.IsReading)
        {
            for (uint t = 0; t < betas.Length; t++) rungs.Add(Chains(t));
            meter.Clear();
        }
        for (int t = 0; t < rungs.Count; t++) archive.Keep($"ladder.{t}", rungs[t]);
        archive.Keep("ladder.quench", quench);
        meter.Keep(archive);
        counts?.Keep(archive);
        (round, lastChange) = (archive.Keep("ladder.round", round), archive.Keep("ladder.last_change", lastChange));
        nextChange = archive.Keep("ladder.next_change", nextChange);
        tripsBefore = archive.Keep("ladder.trips_before", tripsBefore);
        if (archive.IsReading) Settle();
    }

    void Begin(LadderChains chains)
    {
        for (int c = 0; c < chains.Count; c++)
            chains.Groups[c / ChainLanes.Count].Set(c % ChainLanes.Count, run.Start[c % run.Start.Count]);
        foreach (ChainLanes group in chains.Groups) group.Recompute();
    }

    // New chains start from the states of old ones.
    LadderChains Copy(LadderChains old, uint number)
    {
        LadderChains copy = Chains(number);
        for (int g = 0; g < copy.Groups.Length; g++) copy.Groups[g].BeginAt(old.Groups[g]);
        return copy;
    }

    void Place()
    {
        LadderChains[] all = [.. rungs];
        // Colder states are lower ones: those of the chains as they are, in order of their mean energies.
        Array.Sort([.. all.Select(chains => -chains.MeanNow)], all);
        rungs.Clear();
        rungs.AddRange(all);
        Settle();
    }

    // The temperatures as they are.
    void Settle()
    {
        for (int t = 0; t < rungs.Count; t++) rungs[t].Beta = betas[t];
        quench.Beta = Frozen * betas[^1];
        moved = [.. rungs.Append(quench).SelectMany(chains => chains.Groups)];
    }
}
