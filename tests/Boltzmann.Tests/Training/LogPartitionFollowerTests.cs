namespace Boltzmann.Tests.Training;

/// <summary>log Z as a metric of training with persistent chains, against enumeration.</summary>
public sealed class LogPartitionFollowerTests : IDisposable
{
    const int Epochs = 15;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static Metric[] Followed => [.. ((string[])["log-partition", "log-partition-error"]).Select(MetricCatalog.Parse)];

    static EnergyModel Model(string kind, Placement placement)
    {
        EnergyModel model = kind switch
        {
            "dbm" => new Dbm(new BernoulliLayer(6, placement), new BernoulliLayer(4, placement), new SpinLayer(3, placement)),
            "bm" => new BoltzmannMachine(new BernoulliLayer(6, placement), new BernoulliLayer(3, placement)),
            _ => new Rbm(new BernoulliLayer(6, placement), new BernoulliLayer(4, placement)),
        };
        model.SetRandomWeights(0.1, new Rng(8));
        return model;
    }

    static IGradientEstimator Estimator(string kind) =>
        kind == "pt" ? new ParallelTempering(4, 300, steps: 3) : new PersistentContrastiveDivergence(300, steps: 5);

    // Rows of which most bits are 1: biases and log Z grow.
    static Dataset Data()
    {
        var rows = new double[200, 6];
        for (int r = 0; r < 200; r++)
            for (int c = 0; c < 6; c++) rows[r, c] = (7 * r + 3 * c) % 10 < 8 ? 1 : 0;
        return Teaching.Rows(rows);
    }

    static Trainer Make(string kind, Placement placement, params IReadOnlyList<Metric> metrics) =>
        new(Model(kind, placement), Estimator(kind), new Sgd(),
            new TrainerOptions { BatchSize = 20, LearningRate = 0.05, Metrics = metrics });

    static EpochRecord[] Records(Trainer trainer) =>
        [.. trainer.Run(Data(), Epochs).Where(p => p.Completed is not null).Select(p => p.Completed!)];

    [Theory, InlineData("rbm"), InlineData("dbm"), InlineData("bm"), InlineData("pt")]
    public void The_followed_value_agrees_with_enumeration_within_its_error(string kind)
    {
        // Chains of five sweeps are as good as equilibrium in machines whose weights stay below 1; four errors have a false-alarm rate of
        // 6e-5.
        Trainer trainer = Make(kind, Teaching.Double, Followed);
        double start = Exact.LogPartition(trainer.Model);
        EpochRecord last = Records(trainer)[^1];
        double exact = Exact.LogPartition(trainer.Model), value = last.Metrics["log-partition"],
            error = last.Metrics["log-partition-error"];
        Assert.InRange(error, 1e-4, 0.1);
        Assert.True(Math.Abs(exact - start) > 10 * error, $"log Z moved from {start} to {exact} only");
        Assert.InRange(value, exact - 4 * error, exact + 4 * error);
    }

    [Theory, InlineData(1e300), InlineData(1e4)]
    public void Learning_that_diverges_is_told_so_and_not_that_log_Z_fails(double rate)
    {
        var trainer = new Trainer(Model("rbm", Teaching.Double), Estimator("rbm"), new Sgd(),
            new TrainerOptions { BatchSize = 1, LearningRate = rate, Momentum = 0.99, Metrics = Followed });
        if (rate > 1e100)
            Assert.Contains("training diverged in epoch 1", Assert.Throws<DivergenceException>(() => Records(trainer)).Message);
        else Assert.Null(Record.Exception(() => Records(trainer)) is Exception e and not DivergenceException ? e : null);
    }

    [Fact]
    public void Following_changes_nothing_of_what_is_learned()
    {
        Trainer with = Make("rbm", Placement.Default, Followed), without = Make("rbm", Placement.Default);
        Records(with);
        Records(without);
        ModelFileTests.AssertSame(with.Model, without.Model);
    }

    [Theory]
    [InlineData("rbm", Precision.Float32), InlineData("rbm", Precision.Float64), InlineData("dbm", Precision.Float32),
        InlineData("bm", Precision.Float32), InlineData("pt", Precision.Float32)]
    public void A_resumed_run_follows_on_to_the_same_numbers(string kind, Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        Trainer whole = Make(kind, placement, Followed);
        EpochRecord last = Records(whole)[^1];
        // Before the first bridge, between two, and at the end of an epoch.
        foreach (int updates in new[] { 0, 4, 27, 40 })
        {
            Trainer first = Make(kind, placement, Followed);
            foreach (TrainingProgress _ in first.Run(Data(), Epochs).Take(updates)) { }
            Checkpoint.Save(folder["c"], (IModel)first.Model, first.Snapshot());
            Trainer second = Make(kind, placement, Followed);
            second.Restore(Checkpoint.Load(folder["c"], (IModel)second.Model));
            EpochRecord resumed = Records(second)[^1];
            Assert.Equal(last.Metrics, resumed.Metrics);
        }
    }

    [Fact]
    public void A_checkpoint_that_lacks_a_part_is_refused()
    {
        Trainer trainer = Make("rbm", Teaching.Double, Followed);
        foreach (TrainingProgress _ in trainer.Run(Data(), Epochs).Take(15)) { }
        TrainerSnapshot saved = trainer.Snapshot();
        void Refused(string because, TrainerSnapshot snapshot) => Assert.Contains(because,
            Assert.Throws<BadInputException>(() => Make("rbm", Teaching.Double, Followed).Restore(snapshot)).Message);
        Refused("lacks 'log-partition.chains.1'",
            saved with { Matrices = [.. saved.Matrices.Where(m => m.Name != "log-partition.chains.1")] });
        Refused("log-partition.before.2 is", saved with
        {
            Matrices = [.. saved.Matrices
            .Select(m => m.Name == "log-partition.before.2" ? (m.Name, new Matrix(1, 1, Teaching.Double)) : m)]
        });
        Refused("log Z is NaN", saved with
        {
            Numbers = new Dictionary<string,
            double>(saved.Numbers)
            { ["log-partition.value"] = double.NaN }
        });
        Refused("'log-partition.since'",
            saved with { Numbers = new Dictionary<string, double>(saved.Numbers) { ["log-partition.since"] = 99 } });
    }

    [Fact]
    public void It_needs_chains_of_the_machine_itself()
    {
        foreach (IGradientEstimator other in new IGradientEstimator[] { new ContrastiveDivergence(), new ExactGradient(),
            new PersistentContrastiveDivergence(10, fastLearningRate: 0.1) })
            Assert.Contains("'log-partition' follows persistent chains", Assert.Throws<BadInputException>(() => new Trainer(Model("rbm",
                Teaching.Double), other, new Sgd(), new TrainerOptions { Metrics = Followed })).Message);
    }

    [Fact]
    public void Steps_too_large_for_the_chains_are_noticed_and_log_Z_is_annealed_anew()
    {
        // Rows of two kinds, a rate at which chains of one step stay behind the machine; 100 annealed chains leave 0.05 nats of it.
        var rows = new double[100, 12];
        for (int r = 0; r < 100; r++)
            for (int c = 0; c < 12; c++) rows[r, c] = (r & 1) == 0 == c < 6 ? 1 : 0;
        Rbm model = Teaching.Bernoulli(12, 6, deviation: 0.1);
        var trainer = new Trainer(model, new PersistentContrastiveDivergence(20), new Sgd(),
            new TrainerOptions { BatchSize = 10, LearningRate = 0.5, Metrics = Followed });
        double worst = 0;
        foreach (TrainingProgress step in trainer.Run(Teaching.Rows(rows), 20))
        {
            if (step.Completed is not EpochRecord epoch) continue;
            double off = Math.Abs(epoch.Metrics["log-partition"] - Exact.LogPartition(model)), error = epoch.Metrics["log-partition-error"];
            Assert.InRange(error, 0, 1);
            Assert.InRange(off, 0, 4 * error + 0.5);
            worst = Math.Max(worst, Math.Abs(epoch.Metrics["log-partition"]));
        }
        Assert.True(worst > 20, $"log Z reached {worst} only");
    }

    [Fact]
    public void Chains_that_repeat_themselves_have_an_error_that_grows_with_the_updates_and_not_with_their_root()
    {
        // Without weights every update changes each chain's free energy by the same amount as the one before.
        var model = new Rbm(new BernoulliLayer(6), new BernoulliLayer(3));
        State chains = Exact.Sample(model, 50, new Rng(seed: 4));
        var tracker = new LogPartitionTracker(model, 0);
        var errors = new List<double>();
        for (int update = 0; update < 4; update++)
        {
            model.Visible.Bias.SetSum(model.Visible.Bias, 1, Matrix.Row(1, 0.1, model.Placement));
            tracker.Follow(model, chains);
            errors.Add(tracker.StandardError);
        }
        for (int update = 1; update < 4; update++) Assert.Equal((update + 1) * errors[0], errors[update], 1e-6);
    }
}
