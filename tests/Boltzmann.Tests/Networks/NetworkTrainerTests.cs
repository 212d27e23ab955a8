namespace Boltzmann.Tests.Networks;

/// <summary>Networks learn, stop, restore, resume, and refuse what they cannot use.</summary>
public class NetworkTrainerTests
{
    static Examples Xor(Head head) => head is SoftmaxHead
        ? new(XorRows, new OneHotRows([0, 1, 1, 0], 2))
        : new(XorRows, new NumberRows([0.0, 1, 1, 0], 1));

    static Dataset XorRows => new("xor", new NumberRows([0.0, 0, 0, 1, 1, 0, 1, 1], 2));

    public static TheoryData<string, Activation> Heads => new() { { "softmax", Activation.Tanh }, { "softmax", Activation.Relu },
        { "logistic", Activation.Sigmoid }, { "linear", Activation.Tanh } };

    [Theory, MemberData(nameof(Heads))]
    public void Exclusive_or_is_learned(string kind, Activation activation)
    {
        Head head = Head.Parse(kind);
        Network network = Network.Create(2, [16], head is SoftmaxHead ? 2 : 1, head, new Rng(4), activation, placement: NetworkCase.Double);
        var records = new NetworkTrainer(network, new Adam(), new() { BatchSize = 4, LearningRate = 0.03 }).Learn(Xor(head), 600);
        Assert.InRange(records[^1].Metrics[NetworkMetric.Loss], 0, 0.01);
    }

    [Fact]
    public void Digits_are_told_apart()
    {
        var (train, test) = Split.Random(Digits.Generate(3000, 1), 500, new Rng(1));
        Network network = Network.Create(784, [64], 10, new SoftmaxHead(), new Rng(2));
        new NetworkTrainer(network, new Adam(),
            new() { BatchSize = 50, Dropout = 0.2, InputDropout = 0.1 }).Learn(Examples.OfClasses(train), 8);
        // Chance is 0.1; four standard errors of a share of 0.9 among 500 are 0.054.
        Assert.InRange(NetworkScore.Of(network, Examples.OfClasses(test, 10)).Accuracy, 0.88, 1);
    }

    [Fact]
    public void A_line_is_fitted_with_all_its_variance()
    {
        Dataset rows = NetworkCase.Rows(200, 3);
        double[] values = [.. Enumerable.Range(0,
            200).Select(r => { var x = new double[3]; rows.Rows.Read(r, x); return 2 * x[0] - x[1] + 0.5; })];
        Network network = Network.Create(3, [], 1, new LinearHead(), new Rng(1), placement: NetworkCase.Double);
        new NetworkTrainer(network, new Sgd(),
            new() { BatchSize = 20, LearningRate = 0.05, Momentum = 0.5 }).Learn(Examples.OfValues(rows, values), 200);
        NetworkScore score = NetworkScore.Of(network, Examples.OfValues(rows, values));
        Assert.Equal(1, score.RSquared, 1e-9);
        Assert.True(double.IsNaN(score.Accuracy));
        Assert.Equal(2, network.Layers[0].Weights[0, 0], 1e-6);
        Assert.Equal(0.5, network.Layers[0].Bias[0, 0], 1e-6);
    }

    [Fact]
    public void Early_stopping_ends_with_the_parameters_that_did_best()
    {
        Network network = Network.Create(5, [30], 2, new SoftmaxHead(), new Rng(4), Activation.Tanh, placement: NetworkCase.Double);
        // Random labels: what is learned of 20 rows says nothing of 40 others, so the validation loss soon rises.
        Examples training = NetworkCase.Examples(20, 5, 2, network.Head),
            validation = new(NetworkCase.Rows(40, 5, 9), new OneHotRows([.. Enumerable.Range(0, 40).Select(i => i * 3 % 2)], 2));
        var trainer = new NetworkTrainer(network, new Adam(),
            new() { BatchSize = 5, LearningRate = 0.02, EarlyStopping = new("validation-loss", 5) });
        var records = trainer.Learn(training, 500, validation);
        double best = records.Min(r => r.Metrics["validation-loss"]);
        Assert.InRange(records.Count, 6, 499);
        Assert.NotNull(records[^1].Stopped);
        Assert.Equal(best, trainer.Best);
        Assert.NotEqual(best, records[^1].Metrics["validation-loss"]);
        Assert.Equal(best, NetworkScore.Of(network, validation).Loss, 1e-12);
    }

    // Sixty rows, four of which are of the second class and lie apart: accuracy is 56/60 as soon as the bias has moved, long before
    // anything else is learned.
    static Examples Rare(ulong seed)
    {
        const int Count = 60, Columns = 3;
        var noise = new Matrix(Count, Columns, NetworkCase.Double);
        noise.SampleNormal(new Rng(seed));
        int[] labels = [.. Enumerable.Range(0, Count).Select(r => r % 15 == 0 ? 1 : 0)];
        double[] values = [.. Enumerable.Range(0, Count * Columns)
            .Select(i => 0.3 * noise[i / Columns, i % Columns] + (labels[i / Columns] == 1 ? 3 : 0))];
        return new(new("rare", new NumberRows(values, Columns)), new OneHotRows(labels, 1));
    }

    static NetworkTrainer OfRare(int patience) =>
        new(Network.Create(3, [4], 1, new LogisticHead(), new Rng(4), placement: NetworkCase.Double), new Adam(),
        new() { BatchSize = 10, LearningRate = 0.005, EarlyStopping = new("validation-accuracy", patience) });

    [Fact]
    public void Ties_of_accuracy_go_to_the_lower_loss()
    {
        NetworkTrainer trainer = OfRare(patience: 3);
        Examples held = Rare(8);
        List<EpochRecord> records = trainer.Learn(Rare(7), 400, held);
        double most = records.Max(r => r.Metrics["validation-accuracy"]),
            least = records.Where(r => r.Metrics["validation-accuracy"] == most).Min(r => r.Metrics["validation-loss"]);
        // More epochs tie with the first than patience allows for.
        Assert.True(records.Take(10).All(r => r.Metrics["validation-accuracy"] == 56.0 / 60));
        NetworkScore kept = NetworkScore.Of(trainer.Network, held);
        Assert.Equal(1, most);
        Assert.Equal((most, least), (kept.Accuracy, kept.Loss));
        Assert.Equal((1, 1), (kept.BalancedAccuracy, kept.AveragePrecision));
    }

    [Fact]
    public void Where_neither_accuracy_nor_loss_improves_the_message_says_so()
    {
        // A rate of next to nothing that leads the wrong way: uphill in the loss of other labels.
        Examples training = Rare(7), opposite = training with
        {
            Targets = new OneHotRows([.. Enumerable.Range(0, training.Count).Select(r =>
            r % 15 == 0 ? 0 : 1)], 1)
        };
        NetworkTrainer trainer = new(Network.Create(3, [4], 1, new LogisticHead(), new Rng(4), placement: NetworkCase.Double), new Sgd(),
            new() { BatchSize = 60, LearningRate = 1e-6, EarlyStopping = new("validation-accuracy", 2) });
        List<EpochRecord> records = trainer.Learn(training, 50, opposite);
        Assert.Equal(3, records.Count);
        Assert.Matches("^validation-accuracy has not improved on [0-9.]+, nor validation-loss on [0-9.]+ where it was equalled, for 2 "
            + "measurements$", records[^1].Stopped!);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_resumed_run_breaks_ties_as_one_that_was_not_interrupted(bool isOfToday)
    {
        Examples training = Rare(7), held = Rare(8);
        NetworkTrainer whole = OfRare(5), first = OfRare(5), second = OfRare(5);
        whole.Learn(training, 12, held);
        first.Learn(training, 6, held);
        TrainerSnapshot snapshot = first.Snapshot();
        // Checkpoints of before know nothing of the loss, which is measured of the network they keep.
        if (!isOfToday) snapshot = snapshot with { Numbers = snapshot.Numbers.Where(n => n.Key != "stopping-best-tie").ToDictionary() };
        second.Network.CopyFrom(first.Network);
        second.Restore(snapshot);
        second.Learn(training, 12, held);
        Assert.Equal(whole.Network.Layers[0].Weights.ToArray(), second.Network.Layers[0].Weights.ToArray());
    }

    [Fact]
    public void The_rate_falls_on_a_plateau_to_its_floor()
    {
        Network network = NetworkCase.Random(5, [4], 2, new SoftmaxHead(), Activation.Sigmoid, false);
        Examples examples = NetworkCase.Examples(16, 5, 2, network.Head);
        // No improvement is ever seen by the accuracy of a network that does not move: with a factor of ½ after every epoch but the first,
        // steps shrink to the floor.
        var still = new NetworkTrainer(network, new Sgd(),
            new() { BatchSize = 16, LearningRate = 1e-9, Momentum = 0, Plateau = new("accuracy", 1, 0.5, 1e-10) });
        Matrix before = network.Layers[1].Bias.Clone();
        var moves = new List<double>();
        foreach (TrainingProgress p in still.Run(examples, 6))
        {
            moves.Add(Math.Abs(network.Layers[1].Bias[0, 0] - before[0, 0]));
            before.SetCopy(network.Layers[1].Bias);
        }
        Assert.Equal([1, 1, 0.5, 0.25, 0.125, 0.1], moves.Select(m => Math.Round(m / moves[0], 4)));
    }

    [Theory, InlineData(3, 0), InlineData(2, 17)]
    public void A_resumed_run_gives_the_same_bits(int epochs, int steps)
    {
        Dataset digits = Digits.Generate(300, 1);
        Examples training = Examples.OfClasses(digits.Take(250), 10), validation = Examples.OfClasses(digits.Take(50, 250), 10);
        NetworkTrainer New() =>
            new(Network.Create(784, [20], 10, new SoftmaxHead(), new Rng(2), Activation.Relu, normalize: true), new Adam(), new()
            {
                BatchSize = 12,
                Dropout = 0.3,
                EarlyStopping = new("validation-loss", 3),
                Plateau = new("loss", 1),
            });
        NetworkTrainer whole = New(), first = New(), second = New();
        List<EpochRecord> records = whole.Learn(training, 6, validation);
        int done = 0;
        foreach (TrainingProgress p in first.Run(training, 6, validation))
            if (p.Epoch > epochs && ++done > steps) break;
        second.Network.CopyFrom(first.Network);
        second.Restore(first.Snapshot());
        List<EpochRecord> rest = second.Learn(training, 6, validation);
        // The epoch that was left and taken up again tells of all its rows.
        foreach (var (expected, actual) in records.TakeLast(rest.Count).Zip(rest)) Assert.Equal(expected.Metrics, actual.Metrics);
        Assert.Equal(whole.Network.Predict(digits).ToArray(), second.Network.Predict(digits).ToArray());
    }

    [Fact]
    public void More_epochs_after_the_best_was_kept_go_on_from_the_last_update()
    {
        Examples training = NetworkCase.Examples(20, 5, 2, new SoftmaxHead()),
            validation = new(NetworkCase.Rows(40, 5, 9), new OneHotRows([.. Enumerable.Range(0, 40).Select(i => i * 3 % 2)], 2));
        NetworkTrainer New() => new(Network.Create(5, [30], 2, new SoftmaxHead(), new Rng(4), Activation.Tanh,
            placement: NetworkCase.Double), new Adam(), new()
            {
                BatchSize = 5,
                LearningRate = 0.02,
                EarlyStopping = new("validation-loss", 1000)
            });
        NetworkTrainer whole = New(), parts = New(), resumed = New();
        List<EpochRecord> records = whole.Learn(training, 80, validation);
        parts.Learn(training, 60, validation);
        // By then the labels, which say nothing, are known by heart: the best epoch is not the last.
        Assert.Equal(parts.Best, NetworkScore.Of(parts.Network, validation).Loss, 1e-12);
        Assert.NotEqual(parts.Best, records[59].Metrics["validation-loss"]);
        resumed.Network.CopyFrom(parts.Network);
        resumed.Restore(parts.Snapshot());
        foreach (NetworkTrainer trainer in (NetworkTrainer[])[parts, resumed])
        {
            List<EpochRecord> more = trainer.Learn(training, 80, validation);
            for (int e = 0; e < 20; e++) Assert.Equal(records[60 + e].Metrics, more[e].Metrics);
            Assert.Equal(whole.Network.Layers[0].Weights.ToArray(), trainer.Network.Layers[0].Weights.ToArray());
        }
    }

    [Fact]
    public void A_run_that_goes_on_by_another_metric_begins_to_look_anew()
    {
        Examples training = NetworkCase.Examples(20, 5, 2, new SoftmaxHead());
        NetworkTrainer New(string metric) => new(Network.Create(5, [4], 2, new SoftmaxHead(), new Rng(4), placement: NetworkCase.Double),
            new Adam(), new() { BatchSize = 5, EarlyStopping = new(metric, 3) });
        NetworkTrainer first = New("validation-accuracy"), second = New("validation-loss");
        first.Learn(training, 2, training);
        second.Network.CopyFrom(first.Network);
        second.Restore(first.Snapshot());
        Assert.True(double.IsNaN(second.Best));
        Assert.Equal(4, second.Learn(training, 6, training).Count);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        Examples training = Examples.OfClasses(Digits.Generate(256, 1), 10);
        double[][,] results = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            Network network = Network.Create(784, [130], 10, new SoftmaxHead(), new Rng(2),
                placement: new(new CpuBackend(threads), Precision.Float32));
            new NetworkTrainer(network, new Adam(),
                new() { BatchSize = 64, Dropout = 0.5, InputDropout = 0.2, MaxNorm = 2 }).Learn(training, 2);
            return network.Layers[0].Weights.ToArray();
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void A_warm_step_allocates_nothing()
    {
        Examples training = Examples.OfClasses(Digits.Generate(700, 1), 10);
        Network network = Network.Create(784, [130, 90], 10, new SoftmaxHead(), new Rng(2), normalize: true);
        var trainer = new NetworkTrainer(network, new Adam(), new() { BatchSize = 32, Dropout = 0.5, InputDropout = 0.2, MaxNorm = 2 });
        using var steps = trainer.Run(training, 1000).GetEnumerator();
        for (int i = 0; i < 60; i++) steps.MoveNext();
        Assert.Equal(0, Allocation.Least(() => steps.MoveNext()));
    }

    [Fact]
    public void What_cannot_be_learned_from_is_refused()
    {
        Network network = NetworkCase.Random(5, [4], 2, new SoftmaxHead(), Activation.Sigmoid, false);
        Examples training = NetworkCase.Examples(6, 5, 2, network.Head);
        string Refused(NetworkTrainerOptions options, Examples? validation = null) =>
            Assert.Throws<BadInputException>(() => new NetworkTrainer(network, new Sgd(), options).Run(training, 1, validation)).Message;
        Assert.Contains("needs validation rows", Refused(new() { EarlyStopping = new("validation-accuracy") }));
        Assert.Contains("not measured", Refused(new() { Plateau = new("validation-zeal") }));
        Assert.Contains("targets have 3 columns", Refused(new(), NetworkCase.Examples(6, 5, 3, network.Head)));
        Assert.Contains("the dropout of hidden units", Refused(new() { Dropout = 1 }));
        Network normalized = NetworkCase.Random(5, [4], 2, new SoftmaxHead(), Activation.Sigmoid, normalize: true);
        Assert.Contains("two rows or more", Assert.Throws<BadInputException>(() => new NetworkTrainer(normalized, new Sgd(),
            new() { BatchSize = 1 }).Run(training, 1)).Message);
        Network line = NetworkCase.Random(5, [4], 1, new LinearHead(), Activation.Sigmoid, false);
        Dataset six = NetworkCase.Rows(6, 5);
        Assert.Contains("all targets are the same", Assert.Throws<BadInputException>(() => new NetworkTrainer(line, new Sgd(),
            new() { EarlyStopping = new("validation-r-squared") })
            .Run(NetworkCase.Examples(6, 5, 1, line.Head), 1, Examples.OfValues(six, [2, 2, 2, 2, 2, 2]))).Message);
        Dataset rows = NetworkCase.Rows(3, 5);
        Assert.Contains("no labels", Assert.Throws<BadInputException>(() => Examples.OfClasses(rows)).Message);
        Dataset one = new("one", rows.Rows) { Labels = [1, 1, 1], LabelNames = ["no", "yes"] };
        Assert.Contains("all 3 rows are of one class, 'yes'", Assert.Throws<BadInputException>(() => Examples.OfClasses(one)).Message);
        Dataset other = new("other", rows.Rows) { Labels = [0, 1, 2], LabelNames = ["no", "yes", "maybe"] };
        Assert.Contains("row 3 is of class 'maybe'", Assert.Throws<BadInputException>(() => Examples.OfClasses(other, 2)).Message);
        Assert.Contains("row 2", Assert.Throws<BadInputException>(() => Examples.OfValues(rows, [1, double.NaN, 2])).Message);
        Assert.Contains("'no'", Assert.Throws<BadInputException>(() => Examples.ValuesOf(other)).Message);
    }

    [Fact]
    public void A_rate_that_is_too_high_ends_in_an_error_that_says_so()
    {
        Network network = NetworkCase.Random(5, [4], 2, new LinearHead(), Activation.Linear, false);
        Assert.Contains("lower the learning rate", Assert.Throws<DivergenceException>(() =>
            new NetworkTrainer(network, new Sgd(), new() { LearningRate = 1e6 }).Learn(NetworkCase.Examples(6, 5, 2, network.Head),
                1000)).Message);
    }
}
