namespace Boltzmann.Tests.Training;

/// <summary>What the trainers have in common: places to go on from, and an early end that says why.</summary>
public class EpochLoopTests
{
    const int Rows = 22, Epochs = 4;

    static readonly Dataset bits = Teaching.RandomBits(Rows, 6);
    static readonly Dataset labelled = new("rows", bits.Rows) { Labels = [.. Enumerable.Range(0, Rows).Select(r => r % 3)] };

    static UpDownTrainer UpDown(UpDownOptions? options = null)
    {
        Dbn model = Dbn.OfLabelled(3, new BernoulliLayer(6), new BernoulliLayer(5), new BernoulliLayer(4));
        model.SetRandomWeights(0.1, new Rng(1));
        options ??= new() { BatchSize = 5, LearningRate = new(0.02, 0.01), Binarization = Binarization.Stochastic };
        return new(model, new Adam(), options);
    }

    static readonly Metric Three = new("falling", "", false, _ => 3);

    static Trainer Machine(params string[] watched) => new(Teaching.Bernoulli(6, 3), new ContrastiveDivergence(), new Sgd(), new()
    {
        BatchSize = 5,
        Metrics = [new("rising", "", true, c => c.Training.Rows + c.Model.Parameters[0].Value.Summarize().SumOfSquares), Three],
        EarlyStopping = watched.Length > 0 ? new(watched[0], 2) : null,
    });

    static TrainerSnapshot Copy(TrainerSnapshot s) =>
        new([.. s.Matrices.Select(m => (m.Name, m.Value.Clone()))], new Dictionary<string, double>(s.Numbers));

    static void Copy(Dbn from, Dbn to)
    {
        foreach (var (a, b) in from.Parameters.Zip(to.Parameters)) b.Value.SetCopy(a.Value);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(4), InlineData(5), InlineData(12)]
    public void Up_and_down_saved_and_resumed_after_any_update_ends_at_the_same_bits(int updates)
    {
        UpDownTrainer whole = UpDown(), left = UpDown(), resumed = UpDown();
        foreach (TrainingProgress _ in whole.Run(labelled, Epochs)) { }
        foreach (TrainingProgress _ in left.Run(labelled, Epochs).Take(updates)) { }
        Copy(left.Model, resumed.Model);
        resumed.Restore(Copy(left.Snapshot()));
        Assert.Equal((left.Epoch, left.RowInEpoch), (resumed.Epoch, resumed.RowInEpoch));
        foreach (UpDownTrainer trainer in (UpDownTrainer[])[left, resumed])
        {
            foreach (TrainingProgress _ in trainer.Run(labelled, Epochs)) { }
            foreach (var (expected, actual) in whole.Model.Parameters.Zip(trainer.Model.Parameters))
                Assert.Equal(expected.Value.ToArray(), actual.Value.ToArray());
            Assert.Equal(whole.Snapshot().Numbers.OrderBy(n => n.Key), trainer.Snapshot().Numbers.OrderBy(n => n.Key));
        }
    }

    [Fact]
    public void Up_and_down_stops_by_a_metric_that_it_names_and_refuses_one_that_is_not_measured()
    {
        // Nothing moves, so nothing improves on the first measurement.
        UpDownTrainer still = UpDown(new() { LearningRate = 0, EarlyStopping = new("validation-accuracy", 3) });
        EpochRecord last = still.Run(labelled, 20, labelled).Last().Completed!;
        Assert.Equal(4, last.Number);
        Assert.Equal($"validation-accuracy has not improved on {last.Metrics["validation-accuracy"]:G6} for 3 measurements", last.Stopped);
        Assert.Empty(still.Run(labelled, 20, labelled));

        Assert.Contains("watches 'validation-accuracy', which needs validation rows", Refused(new("validation-accuracy")));
        Assert.Contains("watches 'loss', which is not measured; known are reconstruction-error, accuracy", Refused(new("loss")));
        Assert.Contains("the patience of early stopping must be at least 1, not 0", Refused(new("accuracy", 0)));

        static string Refused(EarlyStopping rule) =>
            Assert.Throws<BadInputException>(() => UpDown(new() { EarlyStopping = rule }).Run(labelled, 2)).Message;
    }

    [Fact]
    public void A_run_that_goes_on_with_another_metric_does_not_compare_it_with_the_best_of_the_first()
    {
        // The first is always above 20, so the second, 3 and to be low, would seem to have been better than ever; and the other way round
        // never.
        foreach (var (before, after) in new[] { ("rising", "falling"), ("falling", "rising") })
        {
            Trainer first = Machine(before), second = Machine(after);
            first.Learn(bits, 1);
            second.Restore(Copy(first.Snapshot()));
            string? stopped = second.Run(bits, 9).Select(p => p.Completed).Last(c => c is not null)!.Stopped;
            // The first measurement after the change is the best so far, whichever it is.
            if (after == "falling") Assert.Equal("falling has not improved on 3 for 2 measurements", stopped);
            else Assert.DoesNotContain("on 3 ", stopped ?? "");
        }
    }

    [Fact]
    public void A_checkpoint_whose_best_value_has_no_metric_goes_on()
    {
        Trainer first = Machine("falling"), resumed = Machine("falling");
        first.Learn(bits, 2);
        TrainerSnapshot saved = Copy(first.Snapshot());
        Dictionary<string, double> numbers = new(saved.Numbers) { ["stopping-best"] = saved.Numbers["stopping-best.falling"] };
        numbers.Remove("stopping-best.falling");
        resumed.Restore(saved with { Numbers = numbers });
        // One of two measurements without improvement has been waited for.
        Assert.Equal(1, resumed.Run(bits, 9).Count(p => p.Completed is not null));
    }

    [Fact]
    public void A_network_that_stops_names_its_metric()
    {
        Network network = Network.Create(6, [4], 3, new SoftmaxHead(), new Rng(4));
        var trainer = new NetworkTrainer(network, new Sgd(), new() { LearningRate = 0, EarlyStopping = new("accuracy", 2) });
        EpochRecord last = trainer.Run(Examples.OfClasses(labelled), 9).Last().Completed!;
        Assert.Equal(3, last.Number);
        string loss = $"{last.Metrics["loss"]:G6}";
        Assert.Equal($"accuracy has not improved on {trainer.Best:G6}, nor loss on {loss} where it was equalled, for 2 "
            + "measurements", last.Stopped);
    }

    [Fact]
    public void A_metric_that_is_infinite_is_never_the_best()
    {
        var best = new BestValue(higherIsBetter: false, 0);
        Assert.False(best.Take(double.NegativeInfinity));
        Assert.False(best.Take(double.NaN));
        Assert.Equal((double.NaN, 1), (best.Value, best.Since));
        Assert.True(best.Take(5));
        Assert.False(best.Take(double.PositiveInfinity));
        Assert.Equal((5, 1), (best.Value, best.Since));
        Assert.True(best.Take(4));
        Assert.Equal((4, 0), (best.Value, best.Since));
    }
}
