using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>Chains at one temperature, the family of each, and the sum that their weights estimate.</summary>
sealed class ChainPopulation
{
    const int Lanes = ChainLanes.Count;
    const double Infinite = 1e-9;

    readonly Backend backend;
    readonly int[] families;
    readonly double[] weights;
    readonly double survivors;

    /// <summary>Chains in states drawn at infinite temperature.</summary>
    /// <param name="program">The energy.</param>
    /// <param name="offset">What is added to every energy.</param>
    /// <param name="chains">R.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="group">Number of its first group in the run.</param>
    /// <param name="survivors">Share of chains that a step leaves in place.</param>
    /// <param name="smallest">An inverse temperature at which chains move freely.</param>
    /// <param name="backend">What computes.</param>
    public ChainPopulation(LaneProgram program, double offset, int chains, ulong seed, uint group, double survivors, double smallest,
        Backend backend)
    {
        this.backend = backend;
        this.survivors = survivors;
        Groups = [.. Enumerable.Range(0, chains / Lanes).Select(g => new ChainLanes(program, offset, seed, group + (uint)g)
        {
            Beta = Infinite * smallest,
        })];
        backend.SweepLanes(Groups, 1);
        families = [.. Enumerable.Range(0, chains)];
        weights = new double[chains];
        LogPartition = program.LogStates;
    }

    public ChainLanes[] Groups { get; }

    public int Chains => families.Length;

    /// <summary>β; 0 at the beginning.</summary>
    public double Beta { get; private set; }

    /// <summary>The estimate of log Z(β), in nats.</summary>
    public double LogPartition { get; private set; }

    /// <summary>The family of each chain.</summary>
    public ReadOnlySpan<int> Families => families;

    public double Energy(int chain) => Groups[chain / Lanes].Energies[chain % Lanes];

    /// <summary>
    /// The step that leaves the wanted share of chains in their places, by bisection of a share that falls as the step grows; infinite
    /// where all energies are equal.
    /// </summary>
    public double Step()
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int i = 0; i < Chains; i++)
        {
            least = Math.Min(least, Energy(i));
            most = Math.Max(most, Energy(i));
        }
        if (!(most > least)) return double.PositiveInfinity;
        // Where ever so cold a step keeps enough of them, nothing is left to resample.
        double low = 0, high = 1 / (most - least);
        while (Kept(high, least) > survivors)
        {
            if (high * (most - least) > 1e12) return double.PositiveInfinity;
            high *= 2;
        }
        for (int k = 0; k < 40; k++)
        {
            double middle = (low + high) / 2;
            if (Kept(middle, least) > survivors) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>Resamples for a colder temperature; the chains have then yet to move there.</summary>
    /// <param name="step">Δβ.</param>
    /// <param name="uniform">A random number from 0 to 1.</param>
    public void Cool(double step, double uniform)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < Chains; i++) least = Math.Min(least, Energy(i));
        double sum = Weigh(step, least);
        LogPartition += Math.Log(sum / Chains) - step * least;
        Beta += step;
        Resample(sum, uniform);
        foreach (ChainLanes group in Groups) group.Beta = Beta;
    }

    /// <summary>p(x = 1) of each unit, and the variance of that mean, from sums over families.</summary>
    /// <param name="means">Set.</param>
    /// <param name="variances">Set.</param>
    public void Measure(Span<double> means, Span<double> variances)
    {
        LaneProgram program = Groups[0].Program;
        int[] index = new int[Chains], sizes = new int[Chains];
        var numbers = new Dictionary<int, int>();
        for (int i = 0; i < Chains; i++)
        {
            if (!numbers.TryGetValue(families[i], out index[i])) numbers[families[i]] = index[i] = numbers.Count;
            sizes[index[i]]++;
        }
        int[] counts = new int[numbers.Count];
        for (int p = 0; p < program.Units; p++)
        {
            counts.AsSpan().Clear();
            int all = 0;
            for (int i = 0; i < Chains; i++)
                if (Groups[i / Lanes].IsOn(p, i % Lanes))
                {
                    counts[index[i]]++;
                    all++;
                }
            double mean = (double)all / Chains, sum = 0;
            for (int f = 0; f < counts.Length; f++) sum += Math.Pow(counts[f] - sizes[f] * mean, 2);
            // What was never seen may yet be: the variance is at least that of as many independent chains with half a one more.
            double likely = (all + 0.5) / (Chains + 1);
            means[program.Order[p]] = mean;
            variances[program.Order[p]] = Math.Max(sum / Chains, likely * (1 - likely)) / Chains;
        }
    }

    double Kept(double step, double least)
    {
        double scale = Chains / Weigh(step, least), kept = 0;
        foreach (double weight in weights) kept += Math.Min(1, weight * scale);
        return kept / Chains;
    }

    double Weigh(double step, double least)
    {
        double sum = 0;
        for (int i = 0; i < Chains; i++) sum += weights[i] = Math.Exp(-step * (Energy(i) - least));
        return sum;
    }

    // Systematic resampling: chain i has as many copies as there are whole numbers between the sums before and behind it, moved by one
    // random number. Those with a copy stay in their places.
    void Resample(double sum, double uniform)
    {
        List<int> free = [], copied = [];
        double before = 0;
        long taken = 0;
        for (int i = 0; i < Chains; i++)
        {
            before += weights[i];
            long until = i == Chains - 1 ? Chains : Math.Clamp((long)Math.Floor(before / sum * Chains + uniform), taken, Chains);
            long copies = until - taken;
            taken = until;
            if (copies == 0) free.Add(i);
            for (long k = 1; k < copies; k++) copied.Add(i);
        }
        // The last sum is rounded; a place that remains is its own.
        int moves = Math.Min(free.Count, copied.Count);
        for (int k = 0; k < moves; k++) families[free[k]] = families[copied[k]];
        var byGroup = Enumerable.Range(0, moves).GroupBy(k => free[k] / Lanes).ToArray();
        backend.RunParts(byGroup.Length, g =>
            Groups[byGroup[g].Key].Take([.. byGroup[g].Select(k => new ChainMove(free[k] % Lanes, Groups[copied[k] / Lanes],
                copied[k] % Lanes))]));
    }
}
