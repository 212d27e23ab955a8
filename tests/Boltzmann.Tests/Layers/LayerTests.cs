using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Layers;

/// <summary>Unit kinds at their edges: numbers from data and back, states, complaints. Their formulas are tested in Laws.</summary>
public class LayerTests
{
    static readonly Placement wide = Placement.Default.Double;

    static double[] MeanAlone(Layer layer)
    {
        var mean = new Matrix(1, layer.Units, wide);
        layer.SetMean(new Matrix(1, layer.Units, wide), mean);
        return mean.ReadRow(0);
    }

    [Fact]
    public void Biases_from_moments_give_the_data_means_back()
    {
        double[] share = [0.2, 0.5, 0.3, 0.9, 0.05, 0.05];
        foreach (var (layer, means) in new (Layer, double[])[]
        {
            (new BernoulliLayer(3, wide), [0.2, 0.5, 0.9]),
            (new SpinLayer(3, wide), [-0.5, 0, 0.75]),
            (new GaussianLayer(3, 0.5, false, wide), [-3, 0, 7]),
            (new GaussianLayer(3, 0.5, true, wide), [-3, 0, 7]),
            (new MultinomialLayer(6, 3, 1, wide), share),
            (new MultinomialLayer(6, 3, 4, wide), [.. share.Select(x => 4 * x)]),
        })
        {
            layer.SetFromMoments(means, [2, 0.25, 4, 1, 1, 1]);
            Assert.Equal(means, MeanAlone(layer), (x, y) => Math.Abs(x - y) < 1e-12);
        }
    }

    [Fact]
    public void Units_that_never_change_get_finite_biases()
    {
        foreach (var (layer, means) in new (Layer, double[])[]
        {
            (new BernoulliLayer(2, wide), [0, 1]), (new SpinLayer(2, wide), [-1, 1]), (new GaussianLayer(2, 1, true, wide), [0, 5]),
            (new ReluLayer(2, 1, true, wide), [0, 5]), (new MultinomialLayer(2, 2, 1, wide), [0, 1]),
            (new DoubleReluLayer(2, 1, wide), [0, 5]),
        })
        {
            layer.SetFromMoments(means, [0, 0]);
            Assert.All(layer.Parameters, p => Assert.Equal(0, p.Value.Summarize().NonFinite));
        }
        // The published clipping: logit(10⁻⁷).
        var bernoulli = new BernoulliLayer(1, wide);
        bernoulli.SetFromMoments([0], [0]);
        Assert.Equal(Math.Log(1e-7 / (1 - 1e-7)), bernoulli.Bias[0, 0], 1e-12);
    }

    [Fact]
    public void A_learned_precision_starts_at_the_inverse_variance_and_a_fixed_one_stays()
    {
        GaussianLayer learned = new(3, 1, true, wide), kept = new(3, 0.5, false, wide);
        foreach (GaussianLayer layer in new[] { learned, kept }) layer.SetFromMoments([1, 2, 3], [0.25, 4, 0]);
        Assert.Equal([4, 0.25, 1], learned.Precision.ReadRow(0));
        Assert.Equal([4, 0.5, 3], learned.Bias.ReadRow(0));
        Assert.Equal([4, 4, 4], kept.Precision.ReadRow(0));
        Assert.Equal([4, 8, 12], kept.Bias.ReadRow(0));
    }

    [Fact]
    public void Mean_and_deviation_of_a_Gaussian_unit_are_those_of_its_samples()
    {
        const int Rows = 20_000;
        var layer = new GaussianLayer(2, 1, false, wide);
        layer.SetMeanAndSigma([3, -1], [0.5, 2]);
        Assert.Equal([3, -1], MeanAlone(layer));
        var samples = new Matrix(Rows, 2, wide);
        layer.Sample(new Matrix(Rows, 2, wide), samples, new Rng(4));
        for (int i = 0; i < 2; i++)
        {
            // Six standard errors of mean, σ/√n, and of variance, σ²·√(2/n).
            double mean = i == 0 ? 3 : -1, sigma = i == 0 ? 0.5 : 2;
            double[] x = samples.ReadColumn(i);
            Assert.InRange((x.Average() - mean) * Math.Sqrt(Rows) / sigma, -6, 6);
            Assert.InRange((x.Average(y => (y - mean) * (y - mean)) / (sigma * sigma) - 1) * Math.Sqrt(Rows / 2.0), -6, 6);
        }
        Assert.Contains("the standard deviation of unit 1 must be positive, not 0",
            Assert.Throws<ArgumentException>(() => layer.SetMeanAndSigma([0, 0], [1, 0])).Message);
    }

    [Theory, MemberData(nameof(SmallModels.Singles), MemberType = typeof(SmallModels))]
    public void Countable_states_come_once_each_in_any_cut(string kind)
    {
        Layer layer = SmallModels.Make(kind, "bernoulli").Visible;
        if (layer.StateCount is not long count)
        {
            Assert.True(SmallModels.IsContinuous(kind));
            Assert.Contains(layer.Kind, Assert.Throws<NotSupportedException>(() => layer.SetStates(0,
                new Matrix(1, layer.Units, wide))).Message);
            return;
        }
        var all = new Matrix((int)count, layer.Units, wide);
        layer.SetStates(0, all);
        string[] states = [.. Enumerable.Range(0, (int)count).Select(r => string.Join(' ', all.ReadRow(r)))];
        Assert.Equal(states.Length, states.Distinct().Count());
        Assert.All(Enumerable.Range(0, (int)count), r => Assert.Null(layer.Complaint(all.ReadRow(r))));
        var part = new Matrix(2, layer.Units, wide);
        layer.SetStates(count - 2, part);
        Assert.Equal(states[^2..], Enumerable.Range(0, 2).Select(r => string.Join(' ', part.ReadRow(r))));
    }

    [Theory, InlineData("bernoulli"), InlineData("spin"), InlineData("one-hot")]
    public void Alternatives_are_all_other_values_of_a_unit(string kind)
    {
        Layer layer = SmallModels.Make(kind, "bernoulli").Visible;
        var first = new Matrix(1, layer.Units, wide);
        layer.SetStates(0, first);
        double[] unit = first.ReadRow(0)[..layer.ColumnsPerUnit];
        var seen = new HashSet<string> { string.Join(' ', unit) };
        for (int a = 1; a <= layer.Alternatives; a++)
        {
            double[] other = [.. unit];
            layer.SetAlternative(a, other);
            seen.Add(string.Join(' ', other));
        }
        Assert.Equal(layer.Alternatives + 1, seen.Count);
        Assert.Equal(layer.StateCount, (long)Math.Pow(seen.Count, layer.Units / layer.ColumnsPerUnit));
    }

    [Fact]
    public void Values_outside_are_told_with_column_and_range()
    {
        foreach (var (layer, row, complaint) in new (Layer, double[], string?)[]
        {
            (new BernoulliLayer(2), [0, 1], null), (new BernoulliLayer(2), [0.5, 0.25], null),
            (new BernoulliLayer(2), [0, 1.5], "column 2: 1.5 is outside 0..1 that bernoulli units allow"),
            (new BernoulliLayer(2), [-0.1, 0], "column 1: -0.1 is outside 0..1 that bernoulli units allow"),
            (new BernoulliLayer(2), [0, double.NaN], "column 2: NaN is outside 0..1 that bernoulli units allow"),
            (new SpinLayer(2), [-1, 1], null), (new SpinLayer(2), [-1.25, 1], "column 1: -1.25 is outside -1..1 that spin units allow"),
            (new GaussianLayer(2), [-1e300, 0], null),
                (new GaussianLayer(2), [0, double.NegativeInfinity], "column 2: -Infinity is not a finite number"),
            (new ReluLayer(2), [0, 1e9], null),
                (new ReluLayer(2), [-1, 0], "column 1: -1 is not a finite number of at least 0 that relu units allow"),
            (new MultinomialLayer(4, 2), [0, 1, 1, 0], null),
                (new MultinomialLayer(4, 2), [0, 1, 1, 1], "columns 3..4 add up to 2, but this multinomial block has 1 draw: "
                    + "every row needs as many"),
            (new MultinomialLayer(2, 2, 3), [1, 2], null),
                (new MultinomialLayer(2, 2, 3), [1, 1], "columns 1..2 add up to 2, but this multinomial block has 3 draws: "
                    + "every row needs as many; documents of different length are learned with draws by row (--draws row)"),
            (new MultinomialLayer(2, 2), [-1, 2], "column 1: -1 is not a count or probability of at least 0 that multinomial units allow"),
        })
            Assert.Equal(complaint, layer.Complaint(row));
    }

    [Fact]
    public void Layers_that_cannot_be_are_refused_with_the_number()
    {
        foreach (var (make, reason) in new (Func<object>, string)[]
        {
            (() => new BernoulliLayer(0), "a layer needs at least one unit, not 0"),
            (() => new GaussianLayer(3, 0), "the standard deviation must be positive and finite, not 0"),
            (() => new ReluLayer(3, double.NaN), "the standard deviation must be positive and finite, not NaN"),
            (() => new DoubleReluLayer(3, -1), "the standard deviation must be positive and finite, not -1"),
            (() => new MultinomialLayer(7, 3), "7 units do not divide into blocks of 3 categories"),
            (() => new MultinomialLayer(6, 3, -1), "a softmax needs at least one draw, not -1"),
            (() => new MultinomialLayer(6, 3, 0), "draws by row are of one softmax, not of 2"),
        })
            Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(make).Message);
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Rectified_units_stay_finite_and_in_order_far_in_either_tail(Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        var layer = new ReluLayer(7, 1, true, placement);
        Matrix inputs = Matrix.Row([-1e4, -100, -5, 0, 5, 100, 1e4], placement), mean = new(1, 7, placement), sample = new(1, 7, placement),
            second = new(1, 7, placement), log = new(1, 1, placement);
        layer.SetMean(inputs, mean);
        layer.Sample(inputs, sample, new Rng(3));
        second.SetRectifiedSecondMoment(inputs, layer.Bias, layer.Precision);
        layer.AddLogNormalizer(inputs, log);
        double[] m = mean.ReadRow(0);
        Assert.Equal(m.Order(), m);
        Assert.All([.. m, .. sample.ReadRow(0)], x => Assert.True(x >= 0 && double.IsFinite(x)));
        Assert.True(double.IsFinite(log[0, 0]));
        for (int i = 0; i < 7; i++) Assert.True(second[0, i] >= m[i] * m[i] * (1 - 1e-6));
        // Far below, an exponential of rate |I|; far above, the normal itself.
        Assert.Equal(1e-4, m[0], 1e-4 * 1e-6);
        Assert.Equal(1e4, m[6], 1e4 * 1e-6);
    }
}
