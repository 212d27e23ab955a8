namespace Boltzmann.Tests.Training;

/// <summary>What a training measures and saves of its own inference and of its tempering.</summary>
public sealed class RunInferenceTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Metrics_infer_hidden_layers_as_the_training_does()
    {
        Dbm model = Laws.SmallModels.MakeDeep("bernoulli - bernoulli - bernoulli");
        Dataset data = Teaching.RandomBits(30, model.Visible.Units);
        MeanField Run() => new(updates: 3, tolerance: 0, damping: 0.5, SweepOrder.Parallel);
        var options = new TrainerOptions
        {
            LearningRate = 0,
            Metrics = [MetricCatalog.Parse("mean-field-updates"), MetricCatalog.Parse("hidden-activity")]
        };
        foreach (IGradientEstimator estimator in new IGradientEstimator[] { new PersistentContrastiveDivergence(5, inference: Run()),
            new ParallelTempering(2, 5, inference: Run()) })
        {
            EpochRecord epoch = new Trainer(model, estimator, new Sgd(), options).Run(data, 1).Last().Completed!;
            Assert.Equal(3, epoch.Metrics["mean-field-updates"]);
            Assert.Equal(Activity(Run()), epoch.Metrics["hidden-activity"], 1e-12);
            Assert.NotEqual(Activity(new()), epoch.Metrics["hidden-activity"], 1e-6);
        }

        double Activity(MeanField inference)
        {
            var state = new State(model, 30);
            state[0].SetCopy(data.ToMatrix(model.Placement));
            inference.Infer(model, state);
            return state[1].Summarize().Sum / (30.0 * state[1].Columns);
        }
    }

    [Fact]
    public void Swap_rates_of_a_resumed_run_are_those_of_one_that_did_not_stop()
    {
        Dataset data = Teaching.RandomBits(40, 6);
        var (whole, all) = Make();
        whole.Learn(data, 4);
        var (first, _) = Make();
        foreach (TrainingProgress _ in first.Run(data, 4).Take(5)) { }
        Checkpoint.Save(folder["c"], (IModel)first.Model, first.Snapshot());
        var (second, resumed) = Make();
        second.Restore(Checkpoint.Load(folder["c"], (IModel)second.Model));
        second.Learn(data, 4);
        Assert.All(all.SwapRates, rate => Assert.InRange(rate, 0.01, 1));
        Assert.Equal(all.SwapRates, resumed.SwapRates);

        static (Trainer, ParallelTempering) Make()
        {
            var estimator = new ParallelTempering(3, 7);
            return (new Trainer(Teaching.Bernoulli(6, 4, placement: Placement.Default), estimator, new Sgd(),
                new TrainerOptions { BatchSize = 10 }), estimator);
        }
    }

    [Fact]
    public void Passes_and_factors_that_cannot_be_are_refused()
    {
        Refused("passes must be at least 0, not -1", One(), One() with { Passes = -1 });
        Refused("passes must be at least 0, not -1", One() with { Passes = -1, UpFactor = 2 }, One());
        foreach (double factor in new[] { 0, -2, double.NaN, double.PositiveInfinity })
            Refused($"the factor of the inputs must be positive and finite, not {factor}", One() with { UpFactor = factor }, One());
        Refused("machine 2 learns stochastic passes up", One() with { UpFactor = 2 }, One() with { Passes = 1 });
        // The factor is for the machine above, which has none here.
        _ = new GreedyTrainer(Stack(), [One(), One() with { Passes = 1, UpFactor = 2 }]);

        static LayerTraining One() => new(new ContrastiveDivergence(), new Sgd(), new TrainerOptions(), 1);

        static Dbn Stack() => Dbn.Of([new BernoulliLayer(4), new BernoulliLayer(3), new BernoulliLayer(2)]);

        static void Refused(string because, params LayerTraining[] layers) =>
            Assert.Contains(because, Assert.Throws<BadInputException>(() => new GreedyTrainer(Stack(), layers)).Message);
    }
}
