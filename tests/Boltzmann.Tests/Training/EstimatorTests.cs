using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Training;

/// <summary>Estimates of the gradient: by hand where nothing is drawn, by law where something is.</summary>
public class EstimatorTests
{
    const double Rounding = 1e-13;

    static readonly double[,] rows = { { 1, 0, 1, 1 }, { 0, 0, 1, 0 }, { 1, 1, 0, 0.25 } };

    [Theory, InlineData(1, 1, 1), InlineData(2, 1, 1), InlineData(5, 1, 1), InlineData(2, 2, 1), InlineData(2, 1, 2)]
    public void Contrastive_divergence_with_means_is_the_formula(int steps, double upFactor, double downFactor)
    {
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        double[,] w = model.Weights.ToArray();
        double[] b = model.Visible.Bias.ReadRow(0), c = model.Hidden.Bias.ReadRow(0);
        double[,] weights = new double[4, 3], visible = new double[1, 4], hidden = new double[1, 3];
        for (int r = 0; r < 3; r++)
        {
            double[] v = [.. Enumerable.Range(0, 4).Select(i => rows[r, i])], h = Up(v);
            Add(v, h, 1.0 / 3);
            for (int k = 0; k < steps; k++)
            {
                v = [.. Enumerable.Range(0, 4).Select(i => Teaching.Logistic(b[i]
                    + downFactor * Enumerable.Range(0, 3).Sum(j => w[i, j] * h[j])))];
                h = Up(v);
            }
            Add(v, h, -1.0 / 3);
        }
        Gradient gradient = Teaching.GradientOf(model, new ContrastiveDivergence(steps, false, false, upFactor, downFactor), rows);
        Teaching.AssertClose(visible, gradient.ToDense(0).ToArray(), Rounding);
        Teaching.AssertClose(hidden, gradient.ToDense(1).ToArray(), Rounding);
        Teaching.AssertClose(weights, gradient.ToDense(2).ToArray(), Rounding);

        double[] Up(double[] v) =>
            [.. Enumerable.Range(0, 3).Select(j => Teaching.Logistic(c[j] + upFactor * Enumerable.Range(0, 4).Sum(i => w[i, j] * v[i])))];

        void Add(double[] v, double[] h, double scale)
        {
            for (int i = 0; i < 4; i++) visible[0, i] += scale * v[i];
            for (int j = 0; j < 3; j++) hidden[0, j] += scale * h[j];
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < 3; j++) weights[i, j] += scale * v[i] * h[j];
        }
    }

    public static TheoryData<string> Sampled => ["cd", "cd visible", "cd 3", "cd 3 visible", "cd 3 means", "pcd", "pcd 3", "pt"];

    static IGradientEstimator Make(string name) => name switch
    {
        "cd" => new ContrastiveDivergence(),
        "cd visible" => new ContrastiveDivergence(1, sampleVisible: true),
        "cd 3" => new ContrastiveDivergence(3),
        "cd 3 visible" => new ContrastiveDivergence(3, sampleVisible: true),
        "cd 3 means" => new ContrastiveDivergence(3, sampleVisible: false, sampleHidden: false),
        "pcd" => new PersistentContrastiveDivergence(5),
        "pcd 3" => new PersistentContrastiveDivergence(5, 3),
        "pt" => new ParallelTempering(3, 5),
        "exact" => new ExactGradient(),
        _ => throw new ArgumentException(name),
    };

    [Theory, MemberData(nameof(Sampled))]
    public void Negative_statistics_use_the_hidden_means_given_the_very_visible_states_they_are_paired_with(string name)
    {
        // A listing found in the wild pairs visible probabilities with hidden units that were computed from visible samples.
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        IGradientEstimator estimator = Make(name);
        Gradient gradient = Teaching.GradientOf(model, estimator, rows);
        for (int update = 0; update < 3; update++)
        {
            gradient.Clear();
            estimator.Estimate(model, Teaching.BatchOf(model, rows), gradient, new Rng(4));
            ReadOnlySpan<Factor> factors = gradient.ConnectionFactors(0);
            Assert.Equal(2, factors.Length);
            // Steps beyond the first do not touch the positive phase.
            Assert.Equal(rows, factors[0].Left.ToArray());
            Assert.Equal(1.0 / 3, factors[0].Scale);
            Assert.Equal(-1.0 / factors[1].Left.Rows, factors[1].Scale);
            foreach (ref readonly Factor f in factors) Assert.Equal(model.Transform(f.Left).ToArray(), f.Right.ToArray());
            Assert.Equal(name is not ("cd" or "cd 3" or "cd 3 means"), factors[1].Left.ToArray().Cast<double>().All(x => x is 0 or 1));
            // Biases are the same statistics.
            double[,] visible = new double[1, 4];
            for (int i = 0; i < 4; i++)
                foreach (ref readonly Factor f in factors) visible[0, i] += f.Scale * f.Left.ReadColumn(i).Sum();
            Teaching.AssertClose(visible, gradient.Bias(0).ToArray(), Rounding);
        }
    }

    [Fact]
    public void Contrastive_divergence_with_many_steps_approaches_the_exact_gradient()
    {
        // Every statistic of a row lies in [0, 1], so its standard deviation is at most ½; rows are independent chains. Six standard errors
        // on 19 statistics: false alarms below 4e-8. Weights of size 0.5 forget the start by a factor of more than 4 a step.
        const int Rows = 5000;
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 0.5);
        double[,] many = new double[Rows, 4];
        for (int r = 0; r < Rows; r++)
            for (int i = 0; i < 4; i++) many[r, i] = rows[r % 3, i];
        Gradient exact = Teaching.GradientOf(model, new ExactGradient(), many),
            sampled = Teaching.GradientOf(model, new ContrastiveDivergence(15, sampleVisible: true), many);
        for (int p = 0; p < 3; p++)
            Teaching.AssertClose(exact.ToDense(p).ToArray(), sampled.ToDense(p).ToArray(), 6 * 0.5 / Math.Sqrt(Rows));
    }

    [Fact]
    public void One_step_is_not_the_exact_gradient()
    {
        // Else the test above would say nothing.
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 2);
        double[,] exact = Teaching.GradientOf(model, new ExactGradient(), rows).ToDense(2).ToArray();
        double[,] means = Teaching.GradientOf(model, new ContrastiveDivergence(1, sampleVisible: false, sampleHidden: false),
            rows).ToDense(2).ToArray();
        Assert.True(exact.Cast<double>().Zip(means.Cast<double>()).Max(p => Math.Abs(p.First - p.Second)) > 0.02);
    }

    [Theory]
    [InlineData("bernoulli", "bernoulli"), InlineData("spin", "gaussian learned"), InlineData("gaussian learned", "one-hot"),
        InlineData("relu learned", "counts"), InlineData("one-hot", "relu learned")]
    public void The_exact_gradient_is_the_slope_of_the_weighted_log_likelihood(string visible, string hidden)
    {
        Rbm model = SmallModels.Make(visible, hidden);
        double[,] data = EnergyLaws.Rows(EnergyLaws.Samples(new PlainModel(model), 5).V);
        double[] weights = [1, 0.5, 2, 0, 1.5];
        Matrix matrix = Matrix.From(data, SmallModels.Double);
        Gradient gradient = Teaching.GradientOf(model, new ExactGradient(), data, weights);
        EnergyLaws.ForEachEntry(model.Parameters, (k, i, slope) =>
        {
            Matrix dense = gradient.ToDense(k);
            Assert.Equal(slope, dense[i / dense.Columns, i % dense.Columns], 1e-8);
        }, () => Exact.LogLikelihood(model, matrix).PerRow.Zip(weights).Sum(p => p.First * p.Second) / weights.Sum());
    }

    [Theory, InlineData("cd 3 means"), InlineData("exact")]
    public void A_row_of_weight_two_counts_as_the_row_twice(string name)
    {
        foreach (string kind in new[] { "bernoulli", "gaussian learned", "relu learned" })
        {
            Rbm model = SmallModels.Make(kind, "bernoulli");
            double[,] data = EnergyLaws.Rows(EnergyLaws.Samples(new PlainModel(model), 3).V);
            int columns = data.GetLength(1);
            double[,] repeated = new double[6, columns];
            int[] copies = [0, 0, 1, 2, 2, 2];
            for (int r = 0; r < 6; r++)
                for (int c = 0; c < columns; c++) repeated[r, c] = data[copies[r], c];
            Gradient once = Teaching.GradientOf(model, Make(name), data, [2, 1, 3]),
                twice = Teaching.GradientOf(model, Make(name), repeated);
            for (int p = 0; p < model.Parameters.Count; p++)
                Teaching.AssertClose(twice.ToDense(p).ToArray(), once.ToDense(p).ToArray(), Rounding);
        }
    }

    // Weights of 40 on the diagonal and biases of −20 tie each visible unit to its hidden one: a unit flips with probability 2e-9.
    static Rbm Frozen()
    {
        var model = new Rbm(new BernoulliLayer(4, Teaching.Double), new BernoulliLayer(4, Teaching.Double));
        for (int i = 0; i < 4; i++) model.Weights[i, i] = 40;
        model.Visible.Bias.Fill(-20);
        model.Hidden.Bias.Fill(-20);
        return model;
    }

    [Fact]
    public void Persistent_chains_live_on_where_those_of_contrastive_divergence_start_afresh()
    {
        Rbm model = Frozen();
        double[,] first = { { 1, 1, 0, 0 }, { 0, 0, 0, 1 } }, second = { { 0, 0, 1, 1 }, { 1, 0, 1, 0 } };
        var persistent = new PersistentContrastiveDivergence(chains: 4, steps: 3);
        Assert.Null(persistent.Particles);
        Teaching.GradientOf(model, persistent, first);
        Gradient gradient = Teaching.GradientOf(model, persistent, second);
        double[,] kept = { { 1, 1, 0, 0 }, { 0, 0, 0, 1 }, { 1, 1, 0, 0 }, { 0, 0, 0, 1 } };
        Assert.Equal(kept, persistent.Particles!.ToArray());
        Assert.Equal(kept, gradient.ConnectionFactors(0)[1].Left.ToArray());

        var fresh = new ContrastiveDivergence(3, sampleVisible: true);
        Teaching.GradientOf(model, fresh, first);
        Assert.Equal(second, Teaching.GradientOf(model, fresh, second).ConnectionFactors(0)[1].Left.ToArray());
    }

    [Fact]
    public void There_are_as_many_chains_as_asked_for_or_as_the_first_batch_has_rows()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        foreach (var (asked, expected) in new[] { (0, 3), (2, 2), (7, 7) })
        {
            var pcd = new PersistentContrastiveDivergence(asked);
            var pt = new ParallelTempering(3, asked);
            Teaching.GradientOf(model, pcd, rows);
            Teaching.GradientOf(model, pt, rows);
            Teaching.GradientOf(model, pcd, new double[1, 4]);
            Assert.Equal((expected, expected), (pcd.Particles!.Rows, pt.Particles!.Rows));
        }
    }

    [Fact]
    public void Fast_weights_learn_at_their_rate_and_decay()
    {
        const double Rate = 0.2, Decay = 0.9;
        Rbm model = Teaching.Bernoulli(4, 3);
        var estimator = new PersistentContrastiveDivergence(5, 1, Rate, Decay);
        var rng = new Rng(6);
        double[][,] expected = [new double[1, 4], new double[1, 3], new double[4, 3]];
        for (int update = 0; update < 4; update++)
        {
            Gradient gradient = Teaching.GradientOf(model, estimator, rows, rng: rng);
            var fast = estimator.Memory.Where(m => m.Name.StartsWith("fast.", StringComparison.Ordinal)).ToArray();
            Assert.Equal(["fast.layers.0.bias", "fast.layers.1.bias", "fast.weights.0-1"], fast.Select(m => m.Name));
            for (int p = 0; p < 3; p++)
            {
                double[,] g = gradient.ToDense(p).ToArray();
                for (int r = 0; r < g.GetLength(0); r++)
                    for (int c = 0; c < g.GetLength(1); c++) expected[p][r, c] = Decay * expected[p][r, c] + Rate * g[r, c];
                Teaching.AssertClose(expected[p], fast[p].Value.ToArray(), Rounding);
            }
        }
        Assert.Equal("fpcd", estimator.Name);
    }

    [Fact]
    public void Fast_weights_leave_precisions_alone_and_the_model_too()
    {
        Rbm model = SmallModels.Make("gaussian learned", "bernoulli"), before = model.Clone();
        var estimator = new PersistentContrastiveDivergence(5, 2, 0.5);
        for (int update = 0; update < 5; update++) Teaching.GradientOf(model, estimator, new double[,] { { 1, -1 }, { 0.5, 2 } });
        ModelFileTests.AssertSame(before, model);
        Matrix precision = estimator.Memory.Single(m => m.Name == "fast.layers.0.precision").Value;
        Assert.All(precision.ReadRow(0), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Chains_of_another_number_of_temperatures_start_afresh()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        var estimator = new ParallelTempering(3);
        estimator.Prepare(model, new Dictionary<string, int> { ["tempering.0.visible"] = 5, ["tempering.1.visible"] = 5 });
        Assert.Empty(estimator.Memory);
        Teaching.GradientOf(model, estimator, rows);
        Assert.Equal(3, estimator.Particles!.Rows);
    }

    [Theory, InlineData("bernoulli", "bernoulli"), InlineData("gaussian", "spin"), InlineData("one-hot", "bernoulli")]
    public void Swaps_between_temperatures_leave_every_distribution_invariant(string visible, string hidden)
    {
        // All replicas start with exact samples of their own temperature. Means of v at temperature 1, compared at six standard errors
        // whose size follows from the model: false alarms below 2e-9 each, 2e-8 in all. Strong weights make temperatures differ.
        const int Chains = 2000, Temperatures = 4;
        Rbm model = SmallModels.Make(visible, hidden);
        model.Weights.SetSum(model.Weights, SmallModels.IsContinuous(visible) ? 1.5 : 4);
        var estimator = new ParallelTempering(Temperatures, Chains, steps: 4);
        estimator.Prepare(model, Enumerable.Range(0, Temperatures).ToDictionary(t => $"tempering.{t}.visible", _ => Chains));
        var rng = new Rng(21);
        for (int t = 0; t < Temperatures; t++)
            estimator.Memory[t].Value.SetCopy(Exact.Sample(new AnnealedModel(model, model.Layers) { Beta = t / (Temperatures - 1.0) },
                Chains, rng)[0]);
        AssertMeans();
        Teaching.GradientOf(model, estimator, new double[2, model.Visible.Units], rng: rng);
        AssertMeans();
        Assert.Equal(Temperatures - 1, estimator.SwapRates.Count);
        Assert.All(estimator.SwapRates, rate => Assert.InRange(rate, 0.05, 0.999));

        void AssertMeans()
        {
            int units = model.Visible.Units;
            var plain = new PlainModel(model);
            double[] exact = plain.Mean(3 * units, (v, h, f) =>
            {
                for (int i = 0; i < units; i++) (f[i], f[units + i], f[2 * units + i]) = (v[i], v[i] * v[i], v[i] * v[(i + 1) % units]);
            });
            double[,] particles = estimator.Particles!.ToArray();
            for (int i = 0; i < units; i++)
            {
                double mean = Enumerable.Range(0, Chains).Average(r => particles[r, i]),
                    deviation = Math.Sqrt(exact[units + i] - exact[i] * exact[i]);
                Assert.InRange((mean - exact[i]) / deviation * Math.Sqrt(Chains), -6, 6);
                if (SmallModels.IsContinuous(visible)) continue;
                // Products of neighbours lie in [−1, 1]: deviation at most 1.
                double product = Enumerable.Range(0, Chains).Average(r => particles[r, i] * particles[r, (i + 1) % units]);
                Assert.InRange((product - exact[2 * units + i]) * Math.Sqrt(Chains), -6, 6);
            }
        }
    }

    [Fact]
    public void Tempered_chains_cross_between_modes_where_plain_ones_stay()
    {
        // All spins agree: two modes, equally likely. To leave one, a unit flips with probability e^−12, and the others flip it back.
        const int Chains = 50;
        var model = new Rbm(new SpinLayer(4, Teaching.Double), new SpinLayer(4, Teaching.Double));
        model.Weights.Fill(1.5);
        double[,] ones = { { 1, 1, 1, 1 } };
        var tempered = new ParallelTempering(8, Chains, steps: 120);
        var plain = new PersistentContrastiveDivergence(Chains, steps: 120);
        Teaching.GradientOf(model, tempered, ones);
        Teaching.GradientOf(model, plain, ones);
        double Crossed(Matrix particles) => Enumerable.Range(0, Chains).Count(r => particles.ReadRow(r).Sum() < 0) / (double)Chains;
        // A half is the goal: 50 chains leave ±0.42 at six standard errors.
        Assert.InRange(Crossed(tempered.Particles!), 0.08, 0.92);
        Assert.Equal(0, Crossed(plain.Particles!));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused_with_the_number()
    {
        foreach (Func<object> make in new Func<object>[]
        {
            () => new ContrastiveDivergence(0), () => new PersistentContrastiveDivergence(steps: 0), () => new ParallelTempering(steps: -3),
            () => new PersistentContrastiveDivergence(-1), () => new ParallelTempering(3, -1), () => new ParallelTempering(1),
            () => new PersistentContrastiveDivergence(fastLearningRate: -0.1),
                () => new PersistentContrastiveDivergence(fastLearningRate: double.NaN),
            () => new PersistentContrastiveDivergence(fastLearningRate: 0.1, fastDecay: 1),
            () => new ContrastiveDivergence { Steps = 0 },
        })
            Assert.Matches("not -?[0-9N]", Assert.ThrowsAny<ArgumentException>(make).Message);
    }

    [Fact]
    public void An_exact_gradient_out_of_reach_says_so()
    {
        Rbm model = Teaching.Bernoulli(60, 70);
        Assert.Throws<BadInputException>(() => Teaching.GradientOf(model, new ExactGradient(), new double[2, 60]));
    }
}
