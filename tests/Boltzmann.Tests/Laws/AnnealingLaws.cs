namespace Boltzmann.Tests.Laws;

/// <summary>Annealed importance sampling against exact partition functions, on every pair of unit kinds.</summary>
public class AnnealingLaws
{
    // Mean weights are unbiased for any number of betas; five errors of the mean have a false-alarm rate of 6e-7 if weights were normal,
    // and these short walks on mild models have nearly so.
    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void Forward_and_reverse_means_of_weights_are_unbiased(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        double exact = new PlainModel(rbm).LogPartition();
        var settings = new Annealing { Chains = 300, Betas = 8 };
        LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(rbm, settings, new Rng(seed: 21));
        Assert.InRange(forward.Value - exact, -5 * forward.StandardError - 1e-9, 5 * forward.StandardError + 1e-9);
        if (!Exact.Reaches(rbm)) return;
        LogPartitionEstimate reverse = AnnealedImportanceSampling.EstimateReverse(rbm, settings, new Rng(seed: 22));
        Assert.InRange(reverse.Value - exact, -5 * reverse.StandardError - 1e-9, 5 * reverse.StandardError + 1e-9);
    }

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void The_start_from_base_rates_leads_to_the_same_value(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        double exact = new PlainModel(rbm).LogPartition();
        var (v, _) = EnergyLaws.Samples(new PlainModel(rbm), 6);
        Matrix data = Matrix.From(EnergyLaws.Rows(v), SmallModels.Double);
        var settings = new Annealing
        {
            Chains = 300,
            Betas = 6,
            Start = Annealing.BaseRate(rbm, data),
            Spacing = BetaSpacing.Sigmoid,
            Sweeps = 2
        };
        LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(rbm, settings, new Rng(seed: 23));
        Assert.InRange(forward.Value - exact, -5 * forward.StandardError - 1e-9, 5 * forward.StandardError + 1e-9);
    }

    [Fact]
    public void Forward_and_reverse_estimates_bracket_log_Z_of_a_model_with_deep_modes()
    {
        // Strong weights and few betas: the forward value is too low and the reverse one too high, by theory on average; here by many
        // errors.
        Rbm rbm = DeepModes();
        double exact = Exact.LogPartition(rbm);
        var settings = new Annealing { Chains = 5, Betas = 8 };
        var rng = new Rng(seed: 24);
        var low = new List<double>();
        var high = new List<double>();
        for (int repeat = 0; repeat < 10; repeat++)
        {
            low.Add(AnnealedImportanceSampling.Estimate(rbm, settings, rng).Value);
            high.Add(AnnealedImportanceSampling.EstimateReverse(rbm, settings, rng).Value);
        }
        Assert.True(low.Average() < exact, $"{low.Average()} is not below {exact}");
        Assert.True(high.Average() > exact, $"{high.Average()} is not above {exact}");

        var careful = new Annealing { Chains = 100, Betas = 200 };
        var bracket = new LogPartitionBracket(AnnealedImportanceSampling.Estimate(rbm, careful, rng),
            AnnealedImportanceSampling.EstimateReverse(rbm, careful, rng));
        Assert.InRange(exact, bracket.Forward.Lower, bracket.Reverse.Upper);
        Assert.InRange(Math.Abs(bracket.Gap), 0, 0.5);
        Assert.Empty(bracket.Warnings);
    }

    [Fact]
    public void Reverse_chains_started_from_data_agree_once_they_have_forgotten_it()
    {
        Rbm rbm = SmallModels.Make("bernoulli", "spin");
        double exact = Exact.LogPartition(rbm);
        var start = new Matrix(1000, rbm.Visible.Units);
        LogPartitionEstimate reverse = AnnealedImportanceSampling.EstimateReverse(rbm, new Annealing { Betas = 10 }, start, 20,
            new Rng(seed: 25));
        Assert.Equal(1000, reverse.Chains);
        Assert.Equal("reverse-ais", reverse.Method);
        Assert.InRange(reverse.Value - exact, -5 * reverse.StandardError, 5 * reverse.StandardError);
    }

    [Fact]
    public void Chains_that_never_left_the_data_are_reported()
    {
        // All probability on one mode, all chains on the other and no burn-in: the reverse value falls far below the forward one.
        Rbm rbm = DeepModes();
        for (int i = 0; i < rbm.Visible.Units; i++) rbm.Visible.Bias[0, i] = -1;
        var start = Matrix.From(new double[100, rbm.Visible.Units], SmallModels.Double);
        for (int r = 0; r < start.Rows; r++) start.RowRange(r, 1).Fill(1);
        var settings = new Annealing { Betas = 100 };
        var rng = new Rng(seed: 26);
        var bracket = new LogPartitionBracket(
            AnnealedImportanceSampling.Estimate(rbm, settings, rng),
                AnnealedImportanceSampling.EstimateReverse(rbm, settings, start, 0, rng));
        Assert.Contains(bracket.Warnings, w => w.Contains("not samples of the model", StringComparison.Ordinal));
    }

    [Fact]
    public void Error_bounds_and_effective_sample_size_follow_from_the_weights()
    {
        // w = 1, 2, 3 by hand: mean 2, s = 1, relative error 1/(2√3), ESS = 36/14.
        LogPartitionEstimate forward = LogPartitionEstimate.Forward(10, [0, Math.Log(2), Math.Log(3)], 5);
        double relative = 1 / (2 * Math.Sqrt(3));
        Assert.Equal(10 + Math.Log(2), forward.Value, 1e-12);
        Assert.Equal(relative, forward.StandardError, 1e-12);
        Assert.Equal(36.0 / 14, forward.EffectiveSampleSize, 1e-12);
        Assert.Equal(10 + Math.Log(2) + Math.Log(1 + 3 * relative), forward.Upper, 1e-12);
        Assert.Equal(10 + Math.Log(2) + Math.Log(1 - 3 * relative), forward.Lower, 1e-12);
        LogPartitionEstimate reverse = LogPartitionEstimate.Reverse(10, [0, Math.Log(2), Math.Log(3)], 5);
        Assert.Equal(10 - Math.Log(2), reverse.Value, 1e-12);
        Assert.Equal(10 - Math.Log(2) - Math.Log(1 - 3 * relative), reverse.Upper, 1e-12);
        Assert.Equal(double.NegativeInfinity, LogPartitionEstimate.Forward(0, [0, 100], 5).Lower);
    }

    [Fact]
    public void The_same_seed_gives_the_same_estimate_and_progress_reaches_one()
    {
        Rbm rbm = SmallModels.Make("spin", "bernoulli");
        var reports = new List<double>();
        var settings = new Annealing { Chains = 20, Betas = 50 };
        LogPartitionEstimate first = AnnealedImportanceSampling.Estimate(rbm, settings, new Rng(seed: 27), new Recorder(reports));
        LogPartitionEstimate second = AnnealedImportanceSampling.Estimate(rbm, settings, new Rng(seed: 27));
        Assert.Equal(first.LogWeights, second.LogWeights);
        Assert.Equal(1, reports[^1]);
        Assert.Equal(reports.Order(), reports);
    }

    [Fact]
    public void A_walk_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => AnnealedImportanceSampling.Estimate(SmallModels.Make("spin", "spin"), null,
            new Rng(), cancellation: source.Token));
    }

    [Fact]
    public void Betas_rise_from_0_to_1_in_either_spacing()
    {
        foreach (BetaSpacing spacing in Enum.GetValues<BetaSpacing>())
        {
            double[] betas = new Annealing { Betas = 101, Spacing = spacing }.BetaValues();
            Assert.Equal((0.0, 0.5, 1.0), (betas[0], Math.Round(betas[50], 12), betas[^1]));
            Assert.Equal(betas.Order(), betas);
        }
        double[] sigmoid = new Annealing { Betas = 101, Spacing = BetaSpacing.Sigmoid }.BetaValues();
        Assert.True(sigmoid[1] < 0.005 && 1 - sigmoid[99] < 0.005);
        Assert.Equal([0, 0.9, 1], new Annealing { BetaList = [0, 0.9, 1] }.BetaValues());
        Assert.Throws<ArgumentException>(() => new Annealing { BetaList = [0, 0.9, 0.8, 1] }.BetaValues());
        Assert.Throws<ArgumentException>(() => new Annealing { BetaList = [0.1, 1] }.BetaValues());
        Assert.Throws<ArgumentException>(() => new Annealing { BetaList = [0, double.NaN, 1] }.BetaValues());
        Assert.Throws<ArgumentException>(() => new Annealing { Betas = 1 }.BetaValues());
    }

    [Fact]
    public void Two_Gaussian_layers_without_a_distribution_are_refused()
    {
        var rbm = new Rbm(new GaussianLayer(1), new GaussianLayer(1));
        rbm.Weights[0, 0] = 2;
        Assert.Throws<BadInputException>(() => AnnealedImportanceSampling.Estimate(rbm, null, new Rng()));
    }

    [Theory, MemberData(nameof(SmallModels.Singles), MemberType = typeof(SmallModels))]
    public void A_step_of_the_walk_allocates_nothing(string kind)
    {
        // What two walks of different length allocate differs by their lists of betas alone.
        Rbm rbm = SmallModels.Make(kind, "bernoulli");
        long Allocated(int betas) =>
            Allocation.Least(() => AnnealedImportanceSampling.Estimate(rbm, new Annealing { Chains = 4, Betas = betas }, new Rng()));
        Assert.SkipUnless(OperationsAllocateNothing(),
            $"operations of the backend \"{SmallModels.Double.Backend.Name}\" allocate by themselves");
        Assert.Equal(Allocated(100) + 100 * sizeof(double), Allocated(200));
    }

    // The operations that a walk uses, called without layers: the reference backend's closures cost memory, which is not the walk's doing.
    internal static bool OperationsAllocateNothing()
    {
        Matrix a = new(4, 3, SmallModels.Double), b = new(4, 3, SmallModels.Double), row = Matrix.Row(3, 1, SmallModels.Double),
            column = new(4, 1, SmallModels.Double);
        Matrix weights = new(3, 3, SmallModels.Double);
        var rng = new Rng();
        return Allocation.Least(() =>
        {
            a.SetSum(b, 0.5, row);
            a.SetScaled(b, row, -1);
            a.SetProduct(b, weights, transposeRight: true);
            a.SetProduct(b, weights);
            a.SampleNormal(rng);
            a.SampleTwoState(b, row, 0, 1, rng);
            a.SampleSoftmax(b, row, 3, 1, rng);
            a.SampleRectified(b, row, row, rng);
            column.AddRowSums(a, row);
            column.AddTwoStateLogNormalizer(a, row, 0, 1);
            column.AddLogSumExp(a, row, 3);
            column.AddRectifiedLogNormalizer(a, row, row);
        }) == 0;
    }

    static Rbm DeepModes()
    {
        var rbm = new Rbm(new SpinLayer(6, SmallModels.Double), new SpinLayer(4, SmallModels.Double));
        rbm.SetRandomWeights(0.2, new Rng(seed: 5));
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 4; j++) rbm.Weights[i, j] += 0.8;
        return rbm;
    }

    sealed class Recorder(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}
