using Boltzmann.Ratings;

namespace Boltzmann.Tests.Ratings;

/// <summary>The machine of ratings against the energy that it is a view of, and its learning against sums over all states.</summary>
public sealed class RatingMachineTests
{
    static readonly double[] stars = [1, 2.5, 3];

    /// <summary>p(v_q | the known ones) by summing e^{−E} over the hidden states and levels of q, absent units at 0.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Predictions_are_those_of_the_energy(bool isConditional)
    {
        RatingMachine machine = Random(units: 4, hidden: 3, isConditional);
        var known = new RatingTable([0, 0], [0, 2], [2, 0], 1, 4);
        var asked = new RatingTable([0, 0], [1, 3], [0, 0], 1, 4);
        int[][]? also = isConditional ? [[1]] : null;
        double[] expected = RatingPrediction.Expected(machine, known, asked, also);
        for (int e = 0; e < 2; e++)
        {
            double sum = 0, weighted = 0;
            for (int k = 0; k < 3; k++)
            {
                double p = Weight(machine, [(0, 2), (2, 0), (asked.UnitsOf(0)[e], k)], isConditional ? [0, 1, 2] : []);
                sum += p;
                weighted += p * stars[k];
            }
            Assert.Equal(weighted / sum, expected[e], 1e-5);
        }
    }

    /// <summary>The mean step over many draws is the expected one of CD-1, which sums over hidden states and redrawn levels.</summary>
    [Fact]
    public void Steps_are_those_of_contrastive_divergence_on_average()
    {
        const int Draws = 6_000;
        var ratings = new RatingTable([0, 0], [0, 1], [0, 2], 1, 2);
        RatingMachine machine = Random(units: 2, hidden: 2, isConditional: true);
        double[] start = Numbers(machine), sum = new double[start.Length], squares = new double[start.Length];
        for (int d = 0; d < Draws; d++)
        {
            RatingMachine learning = Random(units: 2, hidden: 2, isConditional: true);
            var options = new RatingTrainerOptions { LearningRate = 1, Momentum = 0, L2 = 0, Prior = 1, Threads = 1 };
            new RatingTrainer(learning, ratings, null, options, (ulong)d).RunEpoch();
            double[] end = Numbers(learning);
            for (int i = 0; i < end.Length; i++)
            {
                double step = end[i] - start[i];
                sum[i] += step;
                squares[i] += step * step;
            }
        }
        double[] exact = ExpectedStep(machine, [0, 2]);
        for (int i = 0; i < exact.Length; i++)
        {
            double mean = sum[i] / Draws, error = Math.Sqrt(Math.Max(squares[i] / Draws - mean * mean, 1e-8) / Draws);
            Assert.True(Math.Abs(mean - exact[i]) < 5 * error, $"parameter {i}: {mean} ± {error}, exactly {exact[i]}");
        }
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        double[][] ends = [.. ((int[])[1, 4]).Select(threads =>
        {
            RatingTable ratings = Tastes(60, 12, 0.6, 7);
            var machine = new RatingMachine(ratings.Units, stars, 5, isConditional: true);
            machine.Begin(ratings, 2, 0.1, new Rng(1));
            var trainer = new RatingTrainer(machine, ratings, null, new() { BatchSize = 16, Threads = threads, Steps = 2 }, 5);
            for (int epoch = 0; epoch < 4; epoch++) trainer.RunEpoch();
            return Numbers(machine);
        })];
        Assert.Equal(ends[0], ends[1]);
    }

    /// <summary>Two tastes: what is hidden is predicted better than by each unit's mean.</summary>
    [Fact]
    public void Tastes_are_learned()
    {
        RatingTable training = Tastes(400, 12, 0.6, 7), asked = Tastes(400, 12, 0.6, 7, rest: true);
        var machine = new RatingMachine(training.Units, stars, 4);
        machine.Begin(training, 2, 0.01, new Rng(1));
        double before = ErrorOf(machine, training, asked);
        var trainer = new RatingTrainer(machine, training, null, new() { BatchSize = 20 }, 5);
        for (int epoch = 0; epoch < 40; epoch++) trainer.RunEpoch();
        Assert.InRange(ErrorOf(machine, training, asked), 0, 0.5 * before);
    }

    /// <summary>A machine whose weights stand in another order, or between other layers, is no view's.</summary>
    [Fact]
    public void Other_machines_are_refused()
    {
        EnergyModel[] others =
        [
            new LayeredModel([new MultinomialLayer(6, 3), new ContextLayer(2), new BernoulliLayer(4)], [(1, 2), (0, 2)]),
            new LayeredModel([new MultinomialLayer(6, 3), new ContextLayer(3), new BernoulliLayer(4)], [(0, 2), (1, 2)]),
            new LayeredModel([new MultinomialLayer(6, 3), new BernoulliLayer(2), new BernoulliLayer(4)], [(0, 2), (1, 2)]),
            new Rbm(new BernoulliLayer(6), new BernoulliLayer(4)),
            new Rbm(new MultinomialLayer(6, 3, placement: Placement.Default.Double), new BernoulliLayer(4, Placement.Default.Double)),
        ];
        Assert.All(others, other => Assert.Throws<ArgumentException>(() => new RatingMachine(other, stars)));
        Assert.Throws<ArgumentException>(() => new RatingMachine(new Rbm(new MultinomialLayer(6, 3), new BernoulliLayer(4)), [1, 3, 2]));
    }

    [Fact]
    public void What_is_known_is_not_asked()
    {
        RatingMachine machine = Random(3, 2, isConditional: false);
        var known = new RatingTable([0], [1], [0], 1, 3);
        var e = Assert.ThrowsAny<Exception>(() => RatingPrediction.Expected(machine, known, known));
        Assert.Contains("asked for and known", e.ToString(), StringComparison.Ordinal);
    }

    static RatingMachine Random(int units, int hidden, bool isConditional)
    {
        var machine = new RatingMachine(units, stars, hidden, isConditional);
        var rng = new Rng(9);
        foreach (Parameter p in machine.Model.Parameters)
        {
            p.Value.SampleNormal(rng);
            p.Value.SetSum(p.Value, 0.8);
        }
        return machine;
    }

    // Σ_h e^{−E} of levels of some units, the others absent.
    static double Weight(RatingMachine machine, (int Unit, int Level)[] levels, int[] rated)
    {
        double sum = 0;
        for (int h = 0; h < 1 << machine.Hidden; h++)
        {
            double log = 0;
            foreach (var (u, k) in levels) log += machine.BiasOf(u)[k];
            for (int j = 0; j < machine.Hidden; j++)
            {
                if ((h >> j & 1) == 0) continue;
                log += machine.HiddenBias[j];
                foreach (var (u, k) in levels) log += machine.WeightsOf(u, k)[j];
                foreach (int u in rated) log += machine.RatedOf(u)[j];
            }
            sum += Math.Exp(log);
        }
        return sum;
    }

    static double[] ExpectedStep(RatingMachine machine, int[] data)
    {
        int levels = machine.Levels, hidden = machine.Hidden;
        var step = new double[Numbers(machine).Length];
        double[] up = Means(machine, data);
        Add(data, up, 1);
        for (int h = 0; h < 1 << hidden; h++)
        {
            double ofHidden = 1;
            for (int j = 0; j < hidden; j++) ofHidden *= (h >> j & 1) == 1 ? up[j] : 1 - up[j];
            for (int a = 0; a < levels; a++)
                for (int b = 0; b < levels; b++)
                {
                    int[] drawn = [a, b];
                    double p = ofHidden;
                    for (int u = 0; u < 2; u++)
                    {
                        double[] weights = [.. Enumerable.Range(0, levels).Select(k => Math.Exp(machine.BiasOf(u)[k]
                            + Enumerable.Range(0, hidden).Sum(j => (h >> j & 1) * machine.WeightsOf(u, k)[j])))];
                        p *= weights[drawn[u]] / weights.Sum();
                    }
                    Add(drawn, Means(machine, drawn), -p);
                }
        }
        return step;

        // One case, and a prior of one: units' gradients are halved, the hidden units' are not. Order: b, c, W, D.
        void Add(int[] states, double[] means, double scale)
        {
            int c = 2 * levels, w = c + hidden, d = w + 2 * levels * hidden;
            for (int u = 0; u < 2; u++)
            {
                step[u * levels + states[u]] += scale / 2;
                for (int j = 0; j < hidden; j++)
                {
                    step[w + (u * levels + states[u]) * hidden + j] += scale * means[j] / 2;
                    step[d + u * hidden + j] += scale * means[j] / 2;
                }
            }
            for (int j = 0; j < hidden; j++) step[c + j] += scale * means[j];
        }
    }

    static double[] Means(RatingMachine machine, int[] states) => [.. Enumerable.Range(0, machine.Hidden).Select(j =>
        1 / (1 + Math.Exp(-machine.HiddenBias[j] - Enumerable.Range(0, 2).Sum(u => machine.WeightsOf(u, states[u])[j]
            + machine.RatedOf(u)[j]))))];

    // b, c, W, D, without what pads rows.
    static double[] Numbers(RatingMachine machine) =>
    [
        .. Enumerable.Range(0, machine.Units).SelectMany(u => machine.BiasOf(u).ToArray()).Select(x => (double)x),
        .. machine.HiddenBias[..machine.Hidden].ToArray().Select(x => (double)x),
        .. Enumerable.Range(0, machine.Units).SelectMany(u => Enumerable.Range(0, machine.Levels)
            .SelectMany(k => machine.WeightsOf(u, k)[..machine.Hidden].ToArray())).Select(x => (double)x),
        .. machine.IsConditional ? Enumerable.Range(0, machine.Units).SelectMany(u => machine.RatedOf(u)[..machine.Hidden].ToArray())
            .Select(x => (double)x) : [],
    ];

    // Cases of one of two tastes give half of the units 3 stars and the others 1; each unit is seen with a probability.
    static RatingTable Tastes(int cases, int units, double share, ulong seed, bool rest = false)
    {
        var rng = new Rng(seed);
        List<int> c = [], u = [];
        List<byte> levels = [];
        for (int i = 0; i < cases; i++)
        {
            int taste = rng.NextInteger(2);
            for (int j = 0; j < units; j++)
            {
                if (rng.NextUniform() < share == rest) continue;
                c.Add(i);
                u.Add(j);
                levels.Add((byte)(j % 2 == taste ? 2 : 0));
            }
        }
        return new([.. c], [.. u], [.. levels], cases, units);
    }

    static double ErrorOf(RatingMachine machine, RatingTable known, RatingTable asked)
    {
        double[] expected = RatingPrediction.Expected(machine, known, asked);
        double sum = 0;
        for (int c = 0, e = 0; c < asked.Cases; c++)
            foreach (byte level in asked.LevelsOf(c)) sum += Math.Pow(expected[e++] - stars[level], 2);
        return Math.Sqrt(sum / asked.Count);
    }
}
