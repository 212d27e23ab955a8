namespace Boltzmann.Tests.Laws;

/// <summary>
/// Partition functions, gradients and samples of <see cref="Exact"/> against plain sums, on every pair of unit kinds it reaches.
/// </summary>
public class ExactLaws
{
    const double Tolerance = 1e-10;

    [Theory, MemberData(nameof(SmallModels.ExactPairs), MemberType = typeof(SmallModels))]
    public void Log_partition_is_the_sum_over_all_states(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        Assert.Equal(new PlainModel(rbm).LogPartition(), Exact.LogPartition(rbm), Tolerance);
    }

    [Theory, MemberData(nameof(SmallModels.ExactPairs), MemberType = typeof(SmallModels))]
    public void Enumerating_either_side_gives_the_same_partition_function(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        double expected = Exact.LogPartition(rbm);
        for (int side = 0; side < 2; side++)
            if (rbm.Layers[side].StateCount is not null)
                Assert.Equal(expected, new EnumeratedLayers(rbm, [side]).LogPartition(default), Tolerance);
    }

    [Theory, MemberData(nameof(SmallModels.ExactPairs), MemberType = typeof(SmallModels))]
    public void Model_moments_are_means_over_all_states(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var plain = new PlainModel(rbm);
        IReadOnlyList<Matrix> moments = Exact.Moments(rbm);
        Assert.Equal(rbm.Parameters.Count, moments.Count);
        double[] expected = plain.Mean(moments.Sum(m => m.Rows * m.Columns), (v, h, values) => SetStatistics(rbm, v, h, values));
        double[] actual = [.. moments.SelectMany(m => m.ToArray().Cast<double>())];
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], Tolerance);
    }

    [Theory, MemberData(nameof(SmallModels.ExactPairs), MemberType = typeof(SmallModels))]
    public void Data_moments_less_model_moments_are_the_slope_of_the_log_likelihood(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var (v, _) = EnergyLaws.Samples(new PlainModel(rbm), 5);
        Matrix data = Matrix.From(EnergyLaws.Rows(v), SmallModels.Double), inputs = data.Like(5, rbm.Hidden.Units),
            means = rbm.Transform(data);
        inputs.SetProduct(data, rbm.Weights);

        IReadOnlyList<Matrix> gradient = Exact.Moments(rbm);
        foreach (Matrix m in gradient) m.SetSum(m, -1);
        int split = rbm.Visible.Parameters.Count;
        rbm.Visible.AddMoments(data, null, null, 1.0 / data.Rows, [.. gradient.Take(split)]);
        rbm.Hidden.AddMoments(means, inputs, null, 1.0 / data.Rows, [.. gradient.Skip(split).SkipLast(1)]);
        gradient[^1].SetOuterProducts([new Factor(data, means, 1.0 / data.Rows)], keep: 1);

        EnergyLaws.ForEachEntry(rbm.Parameters,
            (k, i, slope) => Assert.Equal(slope, gradient[k].ToArray().Cast<double>().ElementAt(i), 1e-8),
            () => Exact.LogLikelihood(rbm, data).Mean);
    }

    [Theory, MemberData(nameof(SmallModels.CountablePairs), MemberType = typeof(SmallModels))]
    public void Probabilities_of_visible_states_add_up_and_agree_with_the_likelihood(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        double[] p = Exact.StateProbabilities(rbm, 0);
        var states = new Matrix(p.Length, rbm.Visible.Units, SmallModels.Double);
        rbm.Visible.SetStates(0, states);
        Score logs = Exact.LogLikelihood(rbm, states);
        Assert.Equal(1, p.Sum(), Tolerance);
        for (int s = 0; s < p.Length; s++) Assert.Equal(Math.Log(p[s]), logs.PerRow[s], Tolerance);
    }

    [Fact]
    public void Enumeration_in_chunks_misses_and_repeats_no_state()
    {
        // 13 hidden units are two chunks; 3 categories to the power of 8 do not divide into chunks evenly. Weights 0 leave a product of
        // sums.
        var binary = new Rbm(new BernoulliLayer(14, SmallModels.Double), new BernoulliLayer(13, SmallModels.Double));
        Assert.Equal(27 * Math.Log(2), Exact.LogPartition(binary), 1e-9);
        var oneHot = new Rbm(new GaussianLayer(2, 1, false, SmallModels.Double), new MultinomialLayer(24, 3, 1, SmallModels.Double));
        Assert.Equal(8 * Math.Log(3) + Math.Log(2 * Math.PI), Exact.LogPartition(oneHot), 1e-9);
        foreach (Matrix m in Exact.Moments(oneHot).Skip(2).Take(1))
            for (int i = 0; i < 24; i++) Assert.Equal(1.0 / 3, m[0, i], 1e-12);
    }

    [Fact]
    public void A_single_precision_model_is_evaluated_in_double_precision()
    {
        Rbm rbm = SmallModels.Make("bernoulli", "spin");
        Rbm single = rbm.Clone(Placement.Default), again = single.Clone(SmallModels.Double);
        Assert.Equal(Exact.LogPartition(again), Exact.LogPartition(single), 1e-14);
        State samples = Exact.Sample(single, 10, new Rng());
        Assert.Equal(Precision.Float32, samples[0].Precision);
    }

    [Fact]
    public void What_cannot_be_enumerated_is_refused_with_counts_and_a_way_out()
    {
        var large = new Rbm(new BernoulliLayer(784), new BernoulliLayer(26));
        Assert.False(Exact.Reaches(large));
        string message = Assert.Throws<BadInputException>(() => Exact.LogPartition(large)).Message;
        Assert.Contains("26 bernoulli units have 67108864 states", message, StringComparison.Ordinal);
        Assert.Contains("annealed importance sampling", message, StringComparison.Ordinal);
        foreach (var (a, b) in new (Layer, Layer)[] { (new ReluLayer(1), new GaussianLayer(1)), (new ReluLayer(1), new ReluLayer(1)) })
            Assert.Contains("continuous", Assert.Throws<BadInputException>(() => Exact.LogPartition(new Rbm(a, b))).Message,
                StringComparison.Ordinal);
    }

    [Theory, InlineData(3, 2), InlineData(2, 3), InlineData(1, 4), InlineData(4, 1)]
    public void Two_Gaussian_layers_of_any_sizes_are_one_normal_distribution(int visible, int hidden)
    {
        // log Z at W = 0 is known, its slopes must be the moments, and turning the model upside down changes nothing.
        var rbm = new Rbm(new GaussianLayer(visible, 0.8, true, SmallModels.Double),
            new GaussianLayer(hidden, 1.1, true, SmallModels.Double));
        var rng = new Rng(seed: 6);
        rbm.Visible.Bias.SampleNormal(rng);
        rbm.Hidden.Bias.SampleNormal(rng);
        double independent = 0;
        foreach (GaussianLayer layer in rbm.Layers.Cast<GaussianLayer>())
            for (int i = 0; i < layer.Units; i++)
                independent += layer.Bias[0, i] * layer.Bias[0, i] / (2 * layer.Precision[0, i])
                    + 0.5 * Math.Log(2 * Math.PI / layer.Precision[0, i]);
        Assert.Equal(independent, Exact.LogPartition(rbm), Tolerance);

        rbm.SetRandomWeights(0.15, rng);
        IReadOnlyList<Matrix> moments = Exact.Moments(rbm);
        EnergyLaws.ForEachEntry(rbm.Parameters,
            (k, i, slope) => Assert.Equal(slope, moments[k].ToArray().Cast<double>().ElementAt(i), 1e-8), () => Exact.LogPartition(rbm));

        var turned = new Rbm(rbm.Hidden.Clone(), rbm.Visible.Clone());
        for (int i = 0; i < visible; i++)
            for (int j = 0; j < hidden; j++) turned.Weights[j, i] = rbm.Weights[i, j];
        Assert.Equal(Exact.LogPartition(rbm), Exact.LogPartition(turned), Tolerance);

        // Products of samples: |z| ≤ 6 with Var(vh) ≤ 3·E[v²]E[h²], a false-alarm rate below 1e-7.
        const int Count = 4000;
        State samples = Exact.Sample(rbm, Count, rng);
        double[,] v = samples[0].ToArray(), h = samples[1].ToArray();
        for (int i = 0; i < visible; i++)
            for (int j = 0; j < hidden; j++)
            {
                double bound = Math.Sqrt(3 * 4 * moments[1][0, i] * moments[3][0, j] / Count);
                Assert.InRange(Enumerable.Range(0, Count).Average(r => v[r, i] * h[r, j]) - moments[4][i, j], -6 * bound, 6 * bound);
            }
    }

    [Fact]
    public void Two_Gaussian_layers_without_a_distribution_are_refused()
    {
        // [[1, −w], [−w, 1]] is positive definite only for |w| < 1.
        var rbm = new Rbm(new GaussianLayer(1), new GaussianLayer(1));
        rbm.Weights[0, 0] = 0.999f;
        Assert.True(double.IsFinite(Exact.LogPartition(rbm)));
        rbm.Weights[0, 0] = 1.001f;
        Assert.Contains("not positive definite", Assert.Throws<BadInputException>(() => Exact.LogPartition(rbm)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_are_not_finite_are_named()
    {
        Rbm rbm = SmallModels.Make("bernoulli", "bernoulli");
        rbm.Weights[1, 1] = double.NaN;
        Assert.Contains("weights.0-1", Assert.Throws<BadInputException>(() => Exact.LogPartition(rbm)).Message, StringComparison.Ordinal);
    }

    /// <summary>t(x) = ∂(−E)/∂θ of one configuration, in the order of the model's parameters; 0 for fixed ones.</summary>
    internal static void SetStatistics(Rbm rbm, double[] v, double[] h, Span<double> destination)
    {
        int next = 0;
        for (int side = 0; side < 2; side++)
        {
            Layer layer = rbm.Layers[side];
            double[] x = side == 0 ? v : h;
            foreach (double value in x) destination[next++] = value;
            if (layer.Parameters.Count == 1) continue;
            if (layer is DoubleReluLayer)
            {
                foreach (double value in x) destination[next++] = -Math.Abs(value);
                foreach (double value in x) destination[next++] = value > 0 ? -value * value / 2 : 0;
                foreach (double value in x) destination[next++] = value < 0 ? -value * value / 2 : 0;
                continue;
            }
            // Of mixed units, those without a precision have a place for it that never moves.
            double[] has = layer is MixedLayer ? PlainModel.PrecisionOf(layer) : [.. x.Select(_ => 1.0)];
            for (int i = 0; i < x.Length; i++)
                destination[next++] = layer.Parameters[1].IsFixed || has[i] == 0 ? 0 : -x[i] * x[i] / 2;
        }
        foreach (double a in v)
            foreach (double b in h) destination[next++] = a * b;
    }
}
