namespace Boltzmann.Tests.Training;

/// <summary>Stopping between any two updates and going on, in memory; files are tested in <see cref="ResumeTests"/>.</summary>
public class SnapshotTests
{
    const int Epochs = 3, Rows = 22;

    static readonly Dataset data = Teaching.RandomBits(Rows, 5);

    static readonly TrainerOptions everything = new()
    {
        BatchSize = 5,
        LearningRate = new(0.1, 0.05),
        Momentum = new(0.5, 0.9),
        Steps = new Schedule(1, 2),
        Dropout = 0.1,
        SparsityCost = 0.1,
        L2 = 1e-3,
        Binarization = Binarization.Stochastic,
        Metrics = [MetricCatalog.Parse("pseudo-likelihood")],
        EarlyStopping = new("pseudo-likelihood", 99),
    };

    public static TheoryData<string> Estimators => ["cd", "pcd", "fpcd", "pt"];

    static IGradientEstimator Estimator(string name) => name switch
    {
        "cd" => new ContrastiveDivergence(sampleVisible: true),
        "pcd" => new PersistentContrastiveDivergence(4),
        "fpcd" => new PersistentContrastiveDivergence(4, fastLearningRate: 0.05),
        _ => new ParallelTempering(3, 4),
    };

    static Trainer Make(string estimator = "pcd", TrainerOptions? options = null, EnergyModel? model = null,
        IOptimizer? optimizer = null) =>
        new(model ?? Teaching.Bernoulli(5, 3), Estimator(estimator), optimizer ?? new Sgd(), options ?? everything);

    // A snapshot shares its matrices with the trainer.
    static TrainerSnapshot Copy(TrainerSnapshot s) =>
        new([.. s.Matrices.Select(m => (m.Name, m.Value.Clone()))], new Dictionary<string, double>(s.Numbers));

    static (EnergyModel Model, TrainerSnapshot Snapshot) StopAfter(int updates, string estimator = "pcd")
    {
        Trainer trainer = Make(estimator);
        foreach (TrainingProgress _ in trainer.Run(data, Epochs).Take(updates)) { }
        return (trainer.Model.Clone(), Copy(trainer.Snapshot()));
    }

    [Theory, MemberData(nameof(Estimators))]
    public void Resumed_after_any_update_a_run_ends_at_the_same_bits(string estimator)
    {
        Trainer whole = Make(estimator);
        whole.Learn(data, Epochs);
        for (int updates = 0; updates <= 15; updates++)
        {
            var (model, snapshot) = StopAfter(updates, estimator);
            Trainer resumed = Make(estimator, model: model);
            resumed.Restore(snapshot);
            resumed.Learn(data, Epochs);
            ModelFileTests.AssertSame(whole.Model, resumed.Model);
            Assert.Equal(whole.Snapshot().Numbers.OrderBy(n => n.Key), resumed.Snapshot().Numbers.OrderBy(n => n.Key));
        }
    }

    [Fact]
    public void Leaving_off_and_running_again_is_going_on()
    {
        Trainer whole = Make(), broken = Make();
        whole.Learn(data, Epochs);
        foreach (int updates in new[] { 1, 3, 2, 5, 99 })
            foreach (TrainingProgress _ in broken.Run(data, Epochs).Take(updates)) { }
        ModelFileTests.AssertSame(whole.Model, broken.Model);
    }

    [Theory, InlineData(1), InlineData(3), InlineData(7), InlineData(100)]
    public void Another_batch_size_goes_on_with_the_rows_not_yet_seen(int batchSize)
    {
        var first = new RecordingEstimator();
        var options = new TrainerOptions { BatchSize = 5, Centering = false };
        var trainer = new Trainer(Teaching.Bernoulli(3, 2), first, new Sgd(), options);
        foreach (TrainingProgress _ in trainer.Run(Teaching.Numbered(Rows), 2).Take(3)) { }
        var second = new RecordingEstimator();
        var resumed = new Trainer(trainer.Model, second, new Sgd(), options with { BatchSize = batchSize });
        resumed.Restore(Copy(trainer.Snapshot()));
        Assert.Equal((0, 15), (resumed.Epoch, resumed.RowInEpoch));
        TrainingProgress[] progress = [.. resumed.Run(Teaching.Numbered(Rows), 2)];
        double[] numbers = [.. first.FirstColumn, .. second.FirstColumn];
        foreach (double[] epoch in numbers.Chunk(Rows)) Assert.Equal(Enumerable.Range(0, Rows).Select(i => (double)i), epoch.Order());
        Assert.Equal(2 * Rows, numbers.Length);
        Assert.All(progress, p => Assert.InRange(p.Batch, 1, p.Batches));
    }

    [Fact]
    public void Another_batch_size_estimator_or_optimizer_takes_what_fits_and_learns_on()
    {
        var (model, snapshot) = StopAfter(7);
        foreach (string estimator in Estimators.Select(e => (string)e))
            foreach (IOptimizer optimizer in new IOptimizer[] { new Sgd(), new Adam() })
                foreach (int batchSize in new[] { 1, 8, 50 })
                {
                    Trainer trainer = Make(estimator, everything with { BatchSize = batchSize }, model.Clone(), optimizer);
                    trainer.Restore(snapshot);
                    // Moments that begin at 0 have seen no update, whatever another optimiser has.
                    Assert.Equal(optimizer is Adam ? 0 : 7, optimizer.Time);
                    trainer.Learn(data, Epochs);
                    Assert.All(trainer.Model.Parameters, p => Assert.Equal(0, p.Value.Summarize().NonFinite));
                }
        Trainer plain = Make(options: everything with { Centering = false, SparsityCost = 0 }, model: model.Clone());
        plain.Restore(snapshot);
        plain.Learn(data, Epochs);
    }

    [Fact]
    public void A_run_that_early_stopping_ended_stays_ended_unless_given_more_patience()
    {
        Metric worse = new("worse", "", true, c => -c.Rbm.Weights.Summarize().SumOfSquares);
        TrainerOptions options = everything with { L2 = 0, LearningRate = 0.2, Metrics = [worse], EarlyStopping = new("worse", 2) };
        Trainer trainer = Make(options: options);
        trainer.Learn(data, 50);
        Assert.InRange(trainer.Epoch, 3, 49);
        Trainer same = Make(options: options, model: trainer.Model.Clone()),
            patient = Make(options: options with { EarlyStopping = new("worse", 50) }, model: trainer.Model.Clone());
        foreach (Trainer resumed in new[] { same, patient }) resumed.Restore(Copy(trainer.Snapshot()));
        Assert.Empty(same.Run(data, 50));
        Assert.NotEmpty(patient.Run(data, 50));
    }

    [Theory]
    [InlineData("epoch", -1), InlineData("epoch", 0.5), InlineData("epoch", double.NaN), InlineData("epoch", 1e10)]
    [InlineData("row", -5), InlineData("row", double.PositiveInfinity)]
    [InlineData("batch-rng", -1), InlineData("chain-rng", 1e300), InlineData("optimizer-time", -1),
        InlineData("optimizer-time", double.NaN)]
    [InlineData("stopping-since-best", -2)]
    public void Impossible_numbers_are_refused_and_nothing_is_taken(string name, double value)
    {
        var (model, snapshot) = StopAfter(7);
        Trainer trainer = Make(model: model);
        var numbers = new Dictionary<string, double>(snapshot.Numbers) { [name] = value };
        Assert.StartsWith($"the checkpoint's '{name}' is {value:R}; expected a whole number from 0 to "
            + "", Refusal(trainer, snapshot with { Numbers = numbers }));
        Assert.Equal((0, 0, 0L), (trainer.Epoch, trainer.RowInEpoch, trainer.Optimizer.Time));
        numbers.Remove(name);
        Assert.Equal($"the checkpoint lacks '{name}'", Refusal(trainer, snapshot with { Numbers = numbers }));
    }

    [Fact]
    public void A_row_beyond_the_data_is_refused_when_the_data_are_known()
    {
        var (model, snapshot) = StopAfter(7);
        foreach (int row in new[] { Rows, Rows + 1, int.MaxValue })
        {
            Trainer trainer = Make(model: model.Clone());
            trainer.Restore(snapshot with { Numbers = new Dictionary<string, double>(snapshot.Numbers) { ["row"] = row } });
            Assert.Contains($"this run stopped after row {row} of epoch 2, but rows has only {Rows} "
                + "rows", Assert.Throws<BadInputException>(() => trainer.Run(data, Epochs)).Message);
        }
    }

    [Theory, MemberData(nameof(Estimators))]
    public void Matrices_of_another_shape_or_without_real_numbers_are_refused_by_name(string estimator)
    {
        var (model, snapshot) = StopAfter(7, estimator);
        for (int i = 0; i < snapshot.Matrices.Count; i++)
        {
            var (name, value) = snapshot.Matrices[i];
            Matrix nan = value.Clone();
            nan[0, 0] = double.NaN;
            Assert.Equal($"the checkpoint's {name} [{value.Rows} × {value.Columns}] has 1 values that are not "
                + "finite", Refusal(Make(estimator, model: model.Clone()), With(nan)));
            string wide = Refusal(Make(estimator, model: model.Clone()), With(value.Like(value.Rows, value.Columns + 1)));
            Assert.Contains($"the checkpoint's {name} is [{value.Rows} × {value.Columns + 1}], but this run needs [", wide);
            Refusal(Make(estimator, model: model.Clone()), With(value.Like(value.Rows + 1, value.Columns)));

            TrainerSnapshot With(Matrix other) =>
                snapshot with { Matrices = [.. snapshot.Matrices.Select((m, k) => k == i ? (m.Name, other) : m)] };
        }
    }

    [Theory, InlineData("pcd", "chains.hidden", "chains.visible"), InlineData("fpcd", "chains.hidden", "chains.visible"),
        InlineData("pt", "tempering.0.visible", "tempering.1.visible tempering.2.visible")]
    public void Forged_chains_do_not_make_memory(string estimator, string many, string other)
    {
        // 100 000 rows of one number each, where the machine would need 20 000: 8 GB at least.
        var model = new Rbm(new BernoulliLayer(20_000), new BernoulliLayer(20_000 / 1000));
        Matrix forged = new(100_000, 1);
        var numbers = new Dictionary<string, double>(StopAfter(1).Snapshot.Numbers);
        foreach (Matrix rest in new[] { forged, new Matrix(2, 20_000) })
        {
            Trainer trainer = Make(estimator, model: model);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Refusal(trainer, new([("estimator." + many, forged), .. other.Split(' ').Select(name => ("estimator." + name, rest))],
                numbers));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
        }
        if (estimator == "pt") return;
        // One side alone says nothing of the other.
        Assert.Contains("not as many visible states as hidden ones",
            Refusal(Make(estimator, model: model), new([("estimator.chains.hidden", new Matrix(100_000, 20))], numbers)));
    }

    static string Refusal(Trainer trainer, TrainerSnapshot snapshot) =>
        Assert.Throws<BadInputException>(() => trainer.Restore(snapshot)).Message;
}
