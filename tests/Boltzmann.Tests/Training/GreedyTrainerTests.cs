namespace Boltzmann.Tests.Training;

/// <summary>Teaching a stack machine by machine.</summary>
public sealed class GreedyTrainerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static LayerTraining Layer(int epochs = 2, int passes = 0, TrainerOptions? options = null) =>
        new(new PersistentContrastiveDivergence(10), new Sgd(), options ?? new() { BatchSize = 20, Binarization = Binarization.Stochastic },
            epochs)
        { Passes = passes };

    static Dbn Stack(params int[] sizes)
    {
        Dbn model = Dbn.Of([.. sizes.Select(n => new BernoulliLayer(n))]);
        model.SetRandomWeights(0.01, new Rng(2));
        return model;
    }

    [Fact]
    public void The_first_machine_learns_as_it_would_alone_and_the_second_on_its_means()
    {
        Dataset data = BarsAndStripes.Sample(4, 100, new Rng(1));
        Dbn model = Stack(16, 8, 4), again = Stack(16, 8, 4);
        var trainer = new GreedyTrainer(model, [Layer(3), Layer(2)], seed: 5);
        int updates = trainer.Run(data).Count(p => p.Machine == 1);
        Assert.Equal(3 * 5, updates);

        Rbm alone = again.Machines[0];
        alone.Visible.SetFromMoments(data.Statistics.Means, data.Statistics.Variances);
        var single = new Trainer(alone, new PersistentContrastiveDivergence(10), new Sgd(),
            new() { BatchSize = 20, Binarization = Binarization.Stochastic }, seed: 5);
        foreach (TrainingProgress _ in single.Run(data, 3)) { }
        ModelFileTests.AssertSame(alone, model.Machines[0]);

        // The visible biases of the second began at the means of what the first makes of the data: nothing but they, with no epoch at rate
        // above 0.
        Dbn still = Stack(16, 8, 4);
        var idle = new TrainerOptions { LearningRate = 0, L2 = 0, BatchSize = 20 };
        foreach (GreedyProgress _ in new GreedyTrainer(still, [Layer(options: idle), Layer(options: idle)]).Run(data)) { }
        double[] means = still.Transform(data, 1).Means();
        Assert.Equal(means, still.Machines[1].Visible.Bias.ReadRow(0).Select(b => 1 / (1 + Math.Exp(-b))),
            (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Training_on_digits_lowers_the_error_of_every_layer_and_of_the_whole_way_up_and_down()
    {
        Dataset data = Digits.Generate(1000), unseen = Digits.Generate(200, stream: 1);
        Dbn model = Stack(784, 64, 32);
        var options = new TrainerOptions
        {
            BatchSize = 20,
            Binarization = Binarization.Stochastic,
            Metrics = [MetricCatalog.Parse("reconstruction-error")]
        };
        var errors = new Dictionary<int, List<double>> { [1] = [], [2] = [] };
        foreach (GreedyProgress p in new GreedyTrainer(model, [Layer(10, options: options), Layer(10, options: options)]).Run(data))
            if (p.Progress.Completed is EpochRecord epoch) errors[p.Machine].Add(epoch.Metrics["reconstruction-error"]);
        Assert.All(errors.Values, e => Assert.True(e[^1] < 0.8 * e[0], string.Join(' ', e)));

        // The data's own variance is the error of a model that knows their means alone.
        Matrix rows = unseen.ToMatrix();
        double variance = data.Statistics.Variances.Average();
        for (int layer = 1; layer <= 2; layer++)
        {
            Matrix difference = model.Reconstruct(rows, layer);
            difference.SetSum(difference, 1, rows, -1);
            Assert.InRange(difference.Summarize().SumOfSquares / (200 * 784), 0, 0.8 * variance);
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(3)]
    public void A_run_resumed_from_a_file_equals_an_uninterrupted_one(int passes)
    {
        // 3 × 4 updates, then 2 × 4: stopped at the beginning, within and between epochs, at the end of a machine, within the next, at the
        // end.
        Dataset data = BarsAndStripes.Sample(3, 40, new Rng(4));
        GreedyTrainer whole = Make();
        foreach (GreedyProgress _ in whole.Run(data)) { }
        foreach (int updates in new[] { 0, 1, 4, 12, 13, 16, 20 })
        {
            GreedyTrainer first = Make();
            foreach (GreedyProgress _ in first.Run(data).Take(updates)) { }
            Checkpoint.Save(folder["c"], first.Model, first.Snapshot());
            GreedyTrainer second = Make();
            second.Restore(Checkpoint.Load(folder["c"], second.Model));
            foreach (GreedyProgress _ in second.Run(data)) { }
            foreach (var (a, b) in whole.Model.Parameters.Zip(second.Model.Parameters)) Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
        }

        GreedyTrainer Make()
        {
            var options = new TrainerOptions { BatchSize = 12, LearningRate = 0.05, Dropout = 0.1, SparsityCost = 0.1 };
            return new(Stack(9, 6, 4), [Layer(3, options: options), Layer(2, passes, options)], seed: 3);
        }
    }

    [Fact]
    public void A_finished_layer_keeps_its_epochs_and_the_top_one_may_have_more()
    {
        Dataset data = BarsAndStripes.Sample(3, 40, new Rng(4));
        var first = new GreedyTrainer(Stack(9, 6, 4), [Layer(1), Layer(1)]);
        foreach (GreedyProgress _ in first.Run(data)) { }
        TrainerSnapshot saved = first.Snapshot();

        var longer = new GreedyTrainer(first.Model, [Layer(1), Layer(2)]);
        longer.Restore(saved);
        Assert.All(longer.Run(data), p => Assert.Equal((2, 2), (p.Machine, p.Progress.Epoch)));
        BadInputException e = Assert.Throws<BadInputException>(() => new GreedyTrainer(first.Model, [Layer(2), Layer(1)]).Restore(saved));
        Assert.Contains("layer 1 was finished with 1 epochs", e.Message);
        foreach (var (key, value) in new (string, double)[] { ("machine", 0), ("machine", 3), ("machine", 1.5), ("machine", double.NaN) })
        {
            var numbers = new Dictionary<string, double>(saved.Numbers) { [key] = value };
            Assert.Contains("expected a whole number from 1 to 2",
                Assert.Throws<BadInputException>(() => longer.Restore(saved with { Numbers = numbers })).Message);
        }
        Assert.Contains("lacks 'machine'",
            Assert.Throws<BadInputException>(() => longer.Restore(new([], new Dictionary<string, double>()))).Message);
    }

    [Fact]
    public void What_cannot_be_run_is_said_before_anything_is_learnt()
    {
        Dataset data = BarsAndStripes.Sample(3, 40, new Rng(4));
        Dbn model = Stack(9, 6, 4);
        Assert.Contains("3 machines", Assert.Throws<ArgumentException>(() => new GreedyTrainer(Stack(9, 6, 4, 2),
            [Layer(), Layer()])).Message);
        LayerTraining same = Layer();
        Assert.Contains("share", Assert.Throws<ArgumentException>(() => new GreedyTrainer(model, [same, same])).Message);
        Assert.Contains("epochs must be at least 1",
            Assert.Throws<BadInputException>(() => new GreedyTrainer(model, [Layer(), Layer(0)])).Message);
        Assert.Contains("passes must be at least 0",
            Assert.Throws<BadInputException>(() => new GreedyTrainer(model, [Layer(), Layer(passes: -1)])).Message);
        Assert.Contains("batch size", Assert.Throws<BadInputException>(() => new GreedyTrainer(model,
            [Layer(), Layer(options: new() { BatchSize = 0 })])).Message);
        Assert.Contains("has 16 columns",
            Assert.Throws<BadInputException>(() => new GreedyTrainer(model, [Layer(), Layer()]).Run(BarsAndStripes.All(4))).Message);
        var stopping = new TrainerOptions { Metrics = [MetricCatalog.Parse("free-energy-gap")], EarlyStopping = new("free-energy-gap", 3) };
        Assert.Contains("needs validation rows",
            Assert.Throws<BadInputException>(() => new GreedyTrainer(model, [Layer(), Layer(options: stopping)]).Run(data)).Message);
        Dbn untied = model.Clone();
        untied.Untie();
        Assert.Throws<ArgumentException>(() => new GreedyTrainer(untied, [Layer(), Layer()]));
    }

    [Fact]
    public void Divergence_names_the_layer()
    {
        var wild = new TrainerOptions { LearningRate = 1e38, BatchSize = 20 };
        DivergenceException e = Assert.Throws<DivergenceException>(() =>
        {
            foreach (GreedyProgress _ in new GreedyTrainer(Stack(9, 6, 4),
                [Layer(), Layer(9, options: wild)]).Run(BarsAndStripes.Sample(3, 40, new Rng(4)))) { }
        });
        Assert.StartsWith("layer 2: training diverged", e.Message);
    }
}
