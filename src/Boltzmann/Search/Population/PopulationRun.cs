using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>Populations annealed one after another, and what they estimate together.</summary>
sealed class PopulationRun
{
    const int Lanes = ChainLanes.Count, QuenchSweeps = 8;

    const double Frozen = 100, UpdatesPerCall = 3e7;

    /// <summary>Bytes of all chains beyond which populations grow no more.</summary>
    const long MostBytes = 1L << 30;

    readonly SearchRun run;
    readonly PopulationAnnealing settings;
    readonly LaneProgram program;
    readonly TemperatureRange range;
    readonly PopulationSum sum;
    readonly List<LadderRung> rungs = [];
    IReadOnlyList<LadderRung> lastRungs = [];
    ulong steps;

    public PopulationRun(SearchRun run, PopulationAnnealing settings)
    {
        this.run = run;
        this.settings = settings;
        program = EnergyLanes.Compile(run.Energy);
        range = TemperatureRange.Of(run.Energy);
        sum = new(program.Units, measures: settings.Temperature is not null);
        run.Rungs = () => lastRungs;
        run.Passed = () => [.. rungs];
        run.Measures = settings.Temperature is not null;
    }

    public IEnumerable<SearchRun> Steps()
    {
        int chains = settings.Chains;
        uint group = 0;
        while (true)
        {
            var population = new ChainPopulation(program, run.Energy.Offset, chains, run.Seed, group, settings.Survivors, range.Hot,
                run.Backend);
            group += (uint)(chains / Lanes);
            foreach (SearchRun now in Anneal(population)) yield return now;
            sum.Add(population, run.BestEnergy, program.Resolution);
            run.LogPartition = sum.LogPartition;
            run.Population = sum.Last;
            run.Marginals = () => settings.Temperature is double temperature ? sum.Marginals(temperature) : null;
            lastRungs = [.. rungs];
            foreach (SearchRun now in Quench(population)) yield return now;
            run.Restarts++;
            bool grows = sum.Last!.IsTooSmall && 2 * chains <= PopulationAnnealing.MostChains
                && 2L * chains / Lanes * program.StateBytes <= MostBytes;
            if (grows) chains *= 2;
        }
    }

    IEnumerable<SearchRun> Anneal(ChainPopulation population)
    {
        rungs.Clear();
        double end = settings.Temperature is double temperature ? 1 / temperature : double.PositiveInfinity;
        double limit = LadderPlan.ColdMotion * Math.Sqrt(program.Units);
        double[] before = new double[population.Chains];
        while (population.Beta < end)
        {
            double step = Math.Min(population.Step(), end - population.Beta);
            // All energies are equal, and no end was asked for: a last step to where chains stand still anyway.
            if (double.IsInfinity(step)) step = Math.Max(0, range.Cold - population.Beta);
            // A step that does not change β any more would never end.
            if (population.Beta + step == population.Beta) break;
            population.Cool(step, Philox.Uniform(new Rng(run.Seed, stream: 2, step: steps++).NextDraw(), 0, 0));
            foreach (ChainLanes chains in population.Groups) chains.ClearSums();
            for (int i = 0; i < before.Length; i++) before[i] = population.Energy(i);
            foreach (SearchRun now in Sweep(population, settings.SweepsPerStep)) yield return now;
            rungs.Add(Rung(population));
            double rises = 0;
            for (int i = 0; i < before.Length; i++) rises += 2 * Math.Pow(Math.Max(0, population.Energy(i) - before[i]), 2);
            if (double.IsInfinity(end) && population.Beta * Math.Sqrt(rises / before.Length) <= limit && population.Beta > range.Hot) break;
        }
    }

    IEnumerable<SearchRun> Quench(ChainPopulation population)
    {
        foreach (ChainLanes chains in population.Groups) chains.Beta = Frozen * Math.Max(range.Cold, population.Beta);
        foreach (SearchRun now in Sweep(population, QuenchSweeps)) yield return now;
        foreach (ChainLanes chains in population.Groups) run.OfferAll(chains);
    }

    // In pieces short enough for the clock.
    IEnumerable<SearchRun> Sweep(ChainPopulation population, int sweeps)
    {
        double updates = (double)program.Units * population.Chains;
        int most = (int)Math.Clamp(UpdatesPerCall / updates, 1, sweeps);
        for (int done = 0; done < sweeps;)
        {
            int now = Math.Min(most, sweeps - done);
            run.Sweep(population.Groups, now);
            done += now;
            yield return run;
        }
    }

    static LadderRung Rung(ChainPopulation population)
    {
        double total = 0, squares = 0;
        long terms = 0;
        double reference = population.Groups[0].Reference;
        foreach (ChainLanes chains in population.Groups)
        {
            // Sums from each group's own reference, moved to the first one's.
            double shift = chains.Reference - reference;
            var (own, ownSquares, count) = chains.Sums;
            total += own + count * shift;
            squares += ownSquares + 2 * shift * own + count * shift * shift;
            terms += count;
        }
        double mean = total / terms;
        return new(population.Beta, reference + mean, Math.Sqrt(Math.Max(0, squares / terms - mean * mean)), double.NaN, double.NaN, 0);
    }
}
