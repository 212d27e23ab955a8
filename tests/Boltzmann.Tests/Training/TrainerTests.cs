namespace Boltzmann.Tests.Training;

/// <summary>The learning loop: which rows come when, what is done to them, and what is not.</summary>
public class TrainerTests
{
    static readonly TrainerOptions plain = new() { Centering = false };

    static Rbm Small(int visible = 3) => Teaching.Bernoulli(visible, 2);

    [Fact]
    public void Every_row_is_presented_once_an_epoch_and_the_last_batch_is_what_is_left()
    {
        // Peers drop the last batch, or fill it with zeros.
        var seen = new RecordingEstimator();
        new Trainer(Small(), seen, new Sgd(), plain with { BatchSize = 4 }).Learn(Teaching.Numbered(10), epochs: 3);
        Assert.Equal([4, 4, 2, 4, 4, 2, 4, 4, 2], seen.Batches.Select(b => b.GetLength(0)));
        foreach (double[] epoch in seen.FirstColumn.Chunk(10)) Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)i), epoch.Order());
    }

    [Fact]
    public void Each_epoch_has_an_order_of_its_own_that_the_seed_settles()
    {
        double[][] Orders(ulong seed, int batchSize)
        {
            var seen = new RecordingEstimator();
            new Trainer(Small(), seen, new Sgd(), plain with { BatchSize = batchSize }, seed).Learn(Teaching.Numbered(50), epochs: 3);
            return [.. seen.FirstColumn.Chunk(50)];
        }

        double[][] orders = Orders(1, 10);
        Assert.Equal(3, orders.Select(o => string.Join(' ', o)).Distinct().Count());
        Assert.Equal(orders, Orders(1, 7));
        Assert.NotEqual(orders, Orders(2, 10));
    }

    [Fact]
    public void Without_shuffling_rows_keep_their_order()
    {
        var seen = new RecordingEstimator();
        new Trainer(Small(), seen, new Sgd(), plain with { BatchSize = 4, Shuffle = false }).Learn(Teaching.Numbered(10), epochs: 2);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)(i % 10)), seen.FirstColumn);
    }

    [Fact]
    public void Rows_drawn_by_weight_come_as_often_as_their_weights_say()
    {
        // Of 10 rows: 5, 2.5, 1.5, 1 and never.
        double[] weights = [10, 5, 3, 2, 0, 0, 0, 0, 0, 0];
        const int Epochs = 400;
        var seen = new RecordingEstimator();
        new Trainer(Small(), seen, new Sgd(), plain with { BatchSize = 4, DrawByWeight = true })
            .Learn(Teaching.Weighted(Teaching.Numbered(10), weights), Epochs);
        Assert.All(seen.Weights, Assert.Null);
        Assert.Equal(10 * Epochs, seen.FirstColumn.Length);
        foreach (double[] epoch in seen.FirstColumn.Chunk(10))
            for (int r = 0; r < 10; r++)
            {
                double share = weights[r] / 2;
                Assert.InRange(epoch.Count(row => row == r), Math.Floor(share), Math.Ceiling(share));
            }
        // Five standard errors of a coin thrown once an epoch: a false alarm in a million.
        for (int r = 0; r < 10; r++)
            Assert.Equal(weights[r] / 2, seen.FirstColumn.Count(row => row == r) / (double)Epochs, 2.5 / Math.Sqrt(Epochs));
        Assert.True(seen.FirstColumn.Chunk(10).Select(o => string.Join(' ', o)).Distinct().Count() > Epochs / 2);
    }

    [Fact]
    public void Drawn_rows_are_the_same_after_a_stop()
    {
        Dataset rows = Teaching.Weighted(Teaching.Numbered(10), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        TrainerOptions options = plain with { BatchSize = 4, DrawByWeight = true };
        RecordingEstimator whole = new(), first = new(), rest = new();
        new Trainer(Small(), whole, new Sgd(), options).Learn(rows, 4);
        var stopped = new Trainer(Small(), first, new Sgd(), options);
        foreach (TrainingProgress _ in stopped.Run(rows, 4).Take(5)) { }
        var resumed = new Trainer(Small(), rest, new Sgd(), options);
        resumed.Restore(stopped.Snapshot());
        resumed.Learn(rows, 4);
        Assert.Equal(whole.FirstColumn, first.FirstColumn.Concat(rest.FirstColumn));
    }

    [Fact]
    public void A_row_that_has_all_the_weight_is_all_of_an_epoch()
    {
        var seen = new RecordingEstimator();
        new Trainer(Small(), seen, new Sgd(), plain with { BatchSize = 4, DrawByWeight = true })
            .Learn(Teaching.Weighted(Teaching.Numbered(7), 0, 0, 1e-300, 0, 0, 0, 0), 3);
        Assert.Equal(Enumerable.Repeat(2.0, 21), seen.FirstColumn);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_all_of_them()
    {
        var seen = new RecordingEstimator();
        new Trainer(Small(), seen, new Sgd(), plain with { BatchSize = 1000 }).Learn(Teaching.Numbered(10), epochs: 2);
        Assert.Equal([10, 10], seen.Batches.Select(b => b.GetLength(0)));
    }

    [Fact]
    public void Progress_comes_after_every_update_and_counts_to_the_end()
    {
        var trainer = new Trainer(Small(), new RecordingEstimator(), new Sgd(), plain with { BatchSize = 4 });
        TrainingProgress[] all = [.. trainer.Run(Teaching.Numbered(10), epochs: 2)];
        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)], all.Select(p => (p.Epoch, p.Batch)));
        Assert.All(all, p => Assert.Equal((2, 3), (p.Epochs, p.Batches)));
        Assert.Equal([false, false, true, false, false, true], all.Select(p => p.Completed is not null));
        Assert.Equal(2, trainer.Epoch);
        Assert.Empty(trainer.Run(Teaching.Numbered(10), epochs: 2));
        Assert.Equal(3, trainer.Run(Teaching.Numbered(10), epochs: 3).Count());
    }

    [Fact]
    public void The_time_that_the_reader_of_progress_takes_is_not_training_time()
    {
        var trainer = new Trainer(Small(), new RecordingEstimator(), new Sgd(), plain with { BatchSize = 2 });
        EpochRecord? record = null;
        foreach (TrainingProgress p in trainer.Run(Teaching.Numbered(10), epochs: 1))
        {
            Thread.Sleep(50);
            record = p.Completed;
        }
        // Four pauses come before the end. Five updates that do nothing take a thousandth of one; a loaded machine has two hundred times
        // that.
        Assert.InRange(record!.Seconds, 0, 0.19);
    }

    [Fact]
    public void Weights_count_as_repetitions_for_the_exact_gradient()
    {
        double[,] rows = { { 1, 0, 1 }, { 0, 0, 1 }, { 1, 1, 0 } },
            repeated = { { 1, 0, 1 }, { 1, 0, 1 }, { 0, 0, 1 }, { 1, 1, 0 }, { 1, 1, 0 }, { 1, 1, 0 } };
        Rbm weighted = Small(), copied = weighted.Clone(), scaled = weighted.Clone();
        var options = new TrainerOptions { LearningRate = 0.2, SparsityCost = 0.1, L2 = 1e-3 };
        new Trainer(weighted, new ExactGradient(), new Sgd(), options).Learn(Teaching.Weighted(Teaching.Rows(rows), 2, 1, 3), epochs: 20);
        new Trainer(scaled, new ExactGradient(), new Sgd(), options).Learn(Teaching.Weighted(Teaching.Rows(rows), 14, 7, 21), epochs: 20);
        new Trainer(copied, new ExactGradient(), new Sgd(), options).Learn(Teaching.Rows(repeated), epochs: 20);
        Teaching.AssertClose(copied, weighted, 1e-12);
        Teaching.AssertClose(copied, scaled, 1e-12);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Weighted_batches_of_an_epoch_average_to_the_gradient_of_the_weighted_data(int batchSize)
    {
        // A batch's gradient divided by its own weight would make a row's weight vanish in batches of one.
        double[,] rows = { { 1, 0, 1 }, { 0, 0, 1 }, { 1, 1, 0 }, { 0, 1, 0 }, { 1, 1, 1 }, { 0, 0, 0 } };
        double[] weights = [2, 1, 3, 0, 0.5, 4];
        Rbm model = Small();
        var calls = new RecordingOptimizer();
        new Trainer(model, new ExactGradient(), calls,
            plain with { BatchSize = batchSize, Shuffle = false }).Learn(Teaching.Weighted(Teaching.Rows(rows), weights), epochs: 1);
        Gradient all = Teaching.GradientOf(model, new ExactGradient(), rows, weights);
        for (int p = 0; p < 3; p++)
        {
            double[,] mean = new double[all.ToDense(p).Rows, all.ToDense(p).Columns];
            foreach (var call in calls.Calls.Where(c => c.Index == p))
                for (int r = 0; r < mean.GetLength(0); r++)
                    for (int c = 0; c < mean.GetLength(1); c++) mean[r, c] += call.Gradient[r, c] / (6.0 / batchSize);
            Teaching.AssertClose(all.ToDense(p).ToArray(), mean, 1e-14);
        }
    }

    [Fact]
    public void A_batch_without_weight_moves_nothing()
    {
        var calls = new RecordingOptimizer();
        var seen = new RecordingEstimator();
        new Trainer(Small(), seen, calls,
            plain with { BatchSize = 2, Shuffle = false }).Learn(Teaching.Weighted(Teaching.Numbered(5), 1, 2, 0, 0, 3), epochs: 1);
        Assert.Equal([0, 1, 4], seen.FirstColumn);
        Assert.Equal([[1, 2], [3]], seen.Weights.Select(w => w!));
        Assert.Equal(2 * 3, calls.Calls.Count);

        // Persistent chains would go on to pull with nothing to hold against them.
        foreach (IGradientEstimator estimator in new IGradientEstimator[] { new PersistentContrastiveDivergence(),
            new ContrastiveDivergence() })
        {
            Rbm model = Small();
            new Trainer(model, estimator, new Adam(),
                new TrainerOptions { BatchSize = 1 }).Learn(Teaching.Weighted(Teaching.RandomBits(6, 3), 0, 0, 0, 1, 0, 0), epochs: 3);
            Assert.All(model.Parameters, p => Assert.Equal(0, p.Value.Summarize().NonFinite));
        }
    }

    [Fact]
    public void Dropped_units_are_zero_and_the_others_keep_the_mean()
    {
        const double Chance = 0.3;
        const int Rows = 500, Columns = 20;
        double[,] ones = new double[Rows, Columns];
        for (int r = 0; r < Rows; r++)
            for (int c = 0; c < Columns; c++) ones[r, c] = 1;
        var seen = new RecordingEstimator();
        var measured = new List<Matrix>();
        Metric look = new("look", "", false, c =>
        {
            measured.Add(c.Training.Clone());
            measured.Add(c.Validation!.Clone());
            return 0;
        });
        Dataset data = Teaching.Rows(ones);
        new Trainer(Teaching.Bernoulli(Columns, 2), seen, new Sgd(),
            plain with { BatchSize = Rows, Dropout = Chance, Metrics = [look] }).Learn(data, epochs: 2, validation: data);
        double[] values = [.. seen.Batches[0].Cast<double>()];
        Assert.Equal([0, 1 / (1 - Chance)], values.Distinct().Order());
        // Six standard errors of 10 000 independent units: a false alarm once in 5e8.
        Assert.InRange((values.Count(x => x == 0) - Chance * values.Length) / Math.Sqrt(values.Length * Chance * (1 - Chance)), -6, 6);
        Assert.NotEqual(seen.Batches[0], seen.Batches[1]);
        // A peer rewrites its input, so that metrics and features see the holes too.
        Assert.Equal(4, measured.Count);
        Assert.All(measured, m => Assert.Equal(ones, m.ToArray()));
    }

    [Fact]
    public void Stochastic_bits_are_drawn_afresh_at_each_presentation_but_stay_the_same_for_metrics()
    {
        double[,] grey = new double[400, 5];
        for (int r = 0; r < 400; r++)
            for (int c = 0; c < 5; c++) grey[r, c] = c / 4.0;
        var seen = new RecordingEstimator();
        var measured = new List<double[,]>();
        Metric look = new("look", "", false, c =>
        {
            measured.Add(c.Training.ToArray());
            return 0;
        });
        new Trainer(Teaching.Bernoulli(5, 2), seen, new Sgd(), plain with
        {
            BatchSize = 400,
            Shuffle = false,
            Binarization = Binarization.Stochastic,
            Metrics = [look]
        }).Learn(Teaching.Rows(grey), epochs: 2);
        Assert.NotEqual(seen.Batches[0], seen.Batches[1]);
        Assert.Equal(measured[0], measured[1]);
        foreach (double[,] bits in seen.Batches.Concat(measured))
        {
            Assert.All(bits.Cast<double>(), x => Assert.True(x is 0 or 1));
            for (int c = 0; c < 5; c++)
            {
                // Six standard errors; columns of 0 and 1 have none.
                double p = c / 4.0, sum = Enumerable.Range(0, 400).Sum(r => bits[r, c]);
                Assert.InRange(sum - 400 * p, -6 * Math.Sqrt(400 * p * (1 - p)), 6 * Math.Sqrt(400 * p * (1 - p)));
            }
        }
    }

    [Fact]
    public void Grey_values_stay_as_they_are_unless_a_threshold_is_set()
    {
        double[,] grey = { { 0.1, 0.5, 0.9 } };
        var as_is = new RecordingEstimator();
        new Trainer(Small(), as_is, new Sgd(), plain).Learn(Teaching.Rows(grey), epochs: 1);
        Assert.Equal(grey, as_is.Batches[0]);
        var bits = new RecordingEstimator();
        new Trainer(Small(), bits, new Sgd(), plain with { Binarization = Binarization.Threshold(0.5) }).Learn(Teaching.Rows(grey),
            epochs: 1);
        Assert.Equal(new double[,] { { 0, 0, 1 } }, bits.Batches[0]);
    }

    [Fact]
    public void Measuring_does_not_change_what_is_learned()
    {
        Dataset data = Teaching.RandomBits(30, 5), held = Teaching.RandomBits(12, 5, seed: 6);
        Rbm measured = Teaching.Bernoulli(5, 3), quiet = measured.Clone();
        var options = new TrainerOptions { BatchSize = 8, Dropout = 0.2, Binarization = Binarization.Stochastic };
        // One estimate by annealing is enough: it takes seconds.
        string[] names = [.. MetricCatalog.NamesFor<Rbm>().Where(name => name != "log-likelihood"
            && MetricCatalog.Parse(name).Complaint(measured) is null)];
        Metric[] metrics = [.. names.Select(MetricCatalog.Parse)];
        EpochRecord? last = null;
        foreach (TrainingProgress p in new Trainer(measured, new PersistentContrastiveDivergence(6), new Sgd(),
            options with { Metrics = metrics }).Run(data, 2, held)) last = p.Completed;
        new Trainer(quiet, new PersistentContrastiveDivergence(6), new Sgd(), options).Learn(data, epochs: 2);
        ModelFileTests.AssertSame(quiet, measured);
        Assert.Equal(names.Order(), last!.Metrics.Keys.Order());
        Assert.All(last.Metrics, m => Assert.True(double.IsFinite(m.Value), $"{m.Key} is {m.Value}"));
        Assert.Equal(Exact.LogLikelihood(measured, MetricRows()).Mean, last.Metrics["exact-log-likelihood"], 1e-9);

        // The bits that metrics see are not those of any batch; take them from a metric.
        Matrix MetricRows()
        {
            Matrix? rows = null;
            Metric look = new("look", "", false, c => (rows = c.Training).Rows);
            new Trainer(quiet.Clone(), new PersistentContrastiveDivergence(6), new Sgd(), options with { Metrics = [look] }).Learn(data,
                epochs: 1, validation: held);
            return rows!;
        }
    }

    [Fact]
    public void Metrics_are_measured_every_so_many_epochs_and_after_the_last()
    {
        Metric often = new("often", "", false, _ => 1), seldom = new("seldom", "", false, _ => 2) { Every = 3 };
        var trainer = new Trainer(Small(), new RecordingEstimator(), new Sgd(), plain with { Metrics = [often, seldom] });
        EpochRecord[] records = [.. trainer.Run(Teaching.Numbered(4), epochs: 7).Select(p => p.Completed!)];
        Assert.All(records, r => Assert.True(r.Metrics.ContainsKey("often")));
        Assert.Equal([3, 6, 7], records.Where(r => r.Metrics.ContainsKey("seldom")).Select(r => r.Number));
        Assert.Equal(Enumerable.Range(1, 7), records.Select(r => r.Number));
    }

    [Fact]
    public void Training_stops_when_a_metric_no_longer_improves()
    {
        Assert.Equal(6, Stops(false, patience: 2, 0, 5, 4, 4.5, 3, 3, 3.5, 1));
        Assert.Equal(5, Stops(true, patience: 2, 0, 1, 2, 3, 2, 2.5, 9));
        // Improvements of no more than the least one do not count; what is not a number neither counts nor waits.
        Assert.Equal(4, Stops(false, patience: 3, 0.5, 5, 4.6, 4.55, 4.5, 1));
        Assert.Equal(5, Stops(false, patience: 2, 0, 5, double.NaN, 6, double.NaN, 6, 1));
        Assert.Equal(4, Stops(false, patience: 9, 0, 5, 6, 6, 6));

        static int Stops(bool higher, int patience, double delta, params double[] values)
        {
            int epoch = 0;
            Metric metric = new("script", "", higher, _ => values[epoch++]);
            var trainer = new Trainer(Small(), new RecordingEstimator(), new Sgd(),
                plain with { Metrics = [metric], EarlyStopping = new("script", patience, delta) });
            EpochRecord last = trainer.Run(Teaching.Numbered(4), values.Length).Last().Completed!;
            if (last.Number < values.Length) Assert.Contains("script has not improved on "
                + $"{values.Take(epoch).Aggregate(double.NaN, (b, x) => double.IsNaN(b) || (higher ? x - b : b - x) > delta ? x : b):G6} "
                + $"for {patience} measurements", last.Stopped);
            Assert.Equal(last.Number, trainer.Epoch);
            return last.Number;
        }
    }

    [Fact]
    public void Ties_of_a_watched_metric_go_to_its_tie_breaker()
    {
        // The share ties from the first epoch on; its loss falls until the fourth.
        double[] losses = [5, 4, 3, 2, 2, 2.5, 1];
        Assert.Equal(6, Stops("share", [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], losses, out string stopped));
        Assert.Equal("share has not improved on 0.9, nor loss on 2 where it was equalled, for 2 measurements", stopped);
        // A worse share is not saved by a lower loss.
        Assert.Equal(3, Stops("share", [0.9, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8], losses, out _));
        // What was not measured breaks no tie.
        Assert.Equal(3, Stops("share", [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], [.. losses.Select(_ => double.NaN)], out stopped));
        Assert.Equal("share has not improved on 0.9 for 2 measurements", stopped);

        static int Stops(string name, double[] shares, double[] losses, out string stopped)
        {
            int epoch = 0, row = 0;
            Metric share = new(name, "", true, _ => shares[epoch++]) { TieBreaker = "loss" },
                loss = new("loss", "", false, _ => losses[row++]);
            var trainer = new Trainer(Small(), new RecordingEstimator(), new Sgd(),
                plain with { Metrics = [share, loss], EarlyStopping = new(name, 2) });
            EpochRecord last = trainer.Run(Teaching.Numbered(4), shares.Length).Last().Completed!;
            stopped = last.Stopped!;
            return last.Number;
        }
    }

    [Fact]
    public void Learning_that_leaves_the_numbers_stops_and_says_what_where_and_what_to_lower()
    {
        var trainer = new Trainer(Small(), new ContrastiveDivergence(), new Sgd(),
            new TrainerOptions { LearningRate = new(0.1, 1e308), Momentum = 0.25 });
        string message = Assert.Throws<DivergenceException>(() => trainer.Learn(Teaching.RandomBits(20, 3), epochs: 9)).Message;
        Assert.Matches(@"training diverged in epoch [23]: (\d of \d values of (layers\.[01]\.bias|weights\.0-1) are not finite|.* has "
            + @"grown to .*); "
            + @"lower the learning rate \(now 1E\+308\) or the momentum \(now 0.25\)", message);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(100)]
    public void Parameters_that_grow_beyond_all_measure_stop_learning_though_they_are_finite(double rate)
    {
        var data = Teaching.Rows(new double[,] { { 1, -2 }, { -1, 0.5 }, { 2, 1 }, { 0.3, -0.7 } });
        Trainer Make(double learningRate)
        {
            var model = new Rbm(new GaussianLayer(2, 1, placement: Teaching.Double), new BernoulliLayer(2, Teaching.Double));
            model.SetRandomWeights(0.1, new Rng(1));
            return new(model, new ContrastiveDivergence(), new Sgd(), new TrainerOptions { BatchSize = 1, LearningRate = learningRate });
        }

        Trainer wild = Make(rate);
        string message = Assert.Throws<DivergenceException>(() => wild.Learn(data, epochs: 12)).Message;
        Assert.Matches(@"training diverged in epoch \d+: .* has grown to .*, while the rows have no value beyond 2; lower", message);
        // It would have gone on to the end, and its numbers are finite.
        Assert.All(wild.Model.Parameters, parameter => Assert.Equal(0, parameter.Value.Summarize().NonFinite));
        Make(0.01).Learn(data, epochs: 12);
    }

    [Fact]
    public void Rows_of_great_values_and_units_of_little_noise_have_great_parameters()
    {
        // Unscaled rows: biases of a million at σ = 1, and of 1e9 at σ = 0.001, are what they should be.
        var data = Teaching.Rows(new double[,] { { 1_000_000 }, { 1_000_001 } });
        foreach (double sigma in (double[])[1, 0.03])
        {
            var visible = new GaussianLayer(1, sigma, placement: Teaching.Double);
            visible.Bias.Fill(1_000_000 / (sigma * sigma));
            new Trainer(new Rbm(visible, new BernoulliLayer(1, Teaching.Double)), new ContrastiveDivergence(), new Sgd(),
                new TrainerOptions { LearningRate = 1e-6 }).Learn(data, epochs: 1);
        }
    }

    [Fact]
    public void Divergence_is_noticed_within_a_long_epoch()
    {
        var trainer = new Trainer(Small(), new ContrastiveDivergence(), new Sgd(),
            new TrainerOptions { BatchSize = 1, LearningRate = 1e308, Momentum = 0 });
        int updates = 0;
        Assert.Throws<DivergenceException>(() =>
        {
            foreach (TrainingProgress _ in trainer.Run(Teaching.RandomBits(1000, 3), epochs: 1)) updates++;
        });
        Assert.InRange(updates, 1, 200);
    }

    [Fact]
    public void A_positive_parameter_that_sinks_to_zero_is_divergence()
    {
        var model = new Rbm(new GaussianLayer(1, 1, learnPrecision: true, Teaching.Double), new BernoulliLayer(1, Teaching.Double));
        var trainer = new Trainer(model, new ContrastiveDivergence(1, sampleVisible: false, sampleHidden: false), new Sgd(),
            new TrainerOptions { LearningRate = 1e6 });
        string message = Assert.Throws<DivergenceException>(() => trainer.Learn(Teaching.Rows(new double[,] { { 100 }, { -100 } }),
            epochs: 1)).Message;
        Assert.Contains("layers.0.precision", message);
        Assert.Contains("0", message);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused_before_anything_is_learned()
    {
        var trainer = new Trainer(Small(), new RecordingEstimator(), new Sgd(), plain);
        // Run itself refuses, not the first step of the enumeration.
        Refused("rows has no rows", () => trainer.Run(Teaching.Rows(new double[0, 3]), 1));
        Refused("rows has 4 columns, but the model has 3 visible units", () => trainer.Run(Teaching.Numbered(5, 4), 1));
        Refused("rows has 2 columns, but the model has 3 visible units",
            () => trainer.Run(Teaching.Numbered(5), 1, Teaching.Numbered(5, 2)));
        Refused("rows has no rows", () => trainer.Run(Teaching.Numbered(5), 1, Teaching.Rows(new double[0, 3])));
        Refused("the number of epochs must be at least 1, not 0", () => trainer.Run(Teaching.Numbered(5), 0));
        Refused("all rows of rows have weight 0", () => trainer.Run(Teaching.Weighted(Teaching.Numbered(2), 0, 0), 1));
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name_and_number()
    {
        Metric metric = MetricCatalog.Parse("weight-norm");
        foreach (var (options, reason) in new (TrainerOptions, string)[]
        {
            (plain with { BatchSize = 0 }, "the batch size must be at least 1, not 0"),
            (plain with { LearningRate = new(0.1, -0.1) }, "the learning rate must be finite and at least 0, not -0.1"),
            (plain with { LearningRate = double.NaN }, "the learning rate must be finite and at least 0, not NaN"),
            (plain with { LearningRate = Schedule.Geometric(0, 1, 3) }, "the learning rate must be finite"),
            (plain with { Momentum = 1 }, "the momentum must be at least 0 and below 1, not 1"),
            (plain with { Steps = new Schedule(1, 0) }, "the number of Gibbs steps must be a whole number of at least 1, not 0"),
            (plain with { Steps = 1.5 }, "the number of Gibbs steps must be a whole number of at least 1, not 1.5"),
            (plain with { L2 = -1 }, "the L2 penalty must be finite and at least 0, not -1"),
            (plain with { L1 = double.PositiveInfinity }, "the L1 penalty must be finite and at least 0"),
            (plain with { MaxNorm = 0 }, "the greatest weight norm must be above 0, not 0"),
            (plain with { Dropout = 1 }, "the dropout must be at least 0 and below 1, not 1"),
            (plain with { SparsityTarget = 2 }, "the sparsity target must be between 0 and 1, not 2"),
            (plain with { SparsityCost = -3 }, "the sparsity cost must be finite and at least 0, not -3"),
            (plain with { SparsityDamping = 1 }, "the sparsity damping must be at least 0 and below 1, not 1"),
            (plain with { Metrics = [metric with { Every = 0 }] },
                "the number of epochs between measurements of weight-norm must be at least 1, not 0"),
            (plain with { Metrics = [metric, metric] }, "the metric weight-norm is asked for 2 times"),
            (plain with { Metrics = [metric], EarlyStopping = new("hidden-activity") },
                "early stopping watches 'hidden-activity', which is not among the metrics: weight-norm"),
            (plain with { Metrics = [metric], EarlyStopping = new("weight-norm", 0) },
                "the patience of early stopping must be at least 1, not 0"),
            (plain with { Metrics = [metric], EarlyStopping = new("weight-norm", 1, double.NaN) },
                "the least improvement of early stopping must be finite and at least 0, not NaN"),
        })
            Refused(reason, () => new Trainer(Small(), new ContrastiveDivergence(), new Sgd(), options));
        var waiting = new Trainer(Small(), new RecordingEstimator(), new Sgd(),
            plain with { Metrics = [MetricCatalog.Parse("free-energy-gap")], EarlyStopping = new("free-energy-gap") });
        Refused("early stopping watches 'free-energy-gap', which needs validation rows", () => waiting.Run(Teaching.Numbered(4), 1));
        Refused("there is no metric 'loss'; known are reconstruction-error", () => MetricCatalog.Parse("loss"));
        Refused("'seconds:0' does not say after how many epochs to measure; expected seconds:N", () => MetricCatalog.Parse("seconds:0"));
        Refused("expected seconds:N", () => MetricCatalog.Parse("seconds:2:3"));
        Assert.Equal(7, MetricCatalog.Parse("log-likelihood:7").Every);
    }

    static void Refused(string reason, Func<object> action) => Assert.Contains(reason, Assert.Throws<BadInputException>(action).Message);
}
