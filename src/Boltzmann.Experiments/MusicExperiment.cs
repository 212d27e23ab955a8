namespace Boltzmann.Experiments;

/// <summary>
/// Polyphonic music by RNN-RBMs: how many epochs are learned is chosen on held-out pieces, the likelihood of the test pieces is bracketed
/// by
/// annealing.
/// </summary>
sealed class MusicExperiment : SequenceExperiment
{
    static readonly (string Name, int Epochs)[] sets = [("jsb-chorales", 100), ("nottingham", 30), ("piano-midi-de", 30), ("musedata", 15)];

    public override string Name => "music";

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        var kept = new Measurements(Path.Combine(context.Runs, context.Labelled(Name)), $"{context.Seed}, {context.Quick}, "
            + $"{context.Placement.Precision}");
        var table = new TextTable("set", "machine", "nats per step: backward", "forward", "± standard error", "frame accuracy",
            "published nats");
        foreach (var (name, epochs) in context.Quick ? sets[..1] : sets)
        {
            SequencePlan plan = SequencePlan.Of(ModelKind.RnnRbm) with { Data = name, Epochs = epochs, Steps = [10], BatchSize = 2 };
            double[] numbers = kept.Once(name, () => Score(context, Trained(context, name, plan)));
            table.Add(name, "rnn-rbm, 150 hidden, 100 recurrent, CD-10", Short(numbers[0]), Short(numbers[1]), Short(numbers[2]),
                $"{100 * numbers[3]:F2} %", PublishedNumber(name).Value);
            table.Add("", "persistence", "", "", "", $"{100 * numbers[4]:F2} %", "");
            context.Found($"nats per step, {name}", (numbers[0] + numbers[1]) / 2);
        }
        WritePage(context, "Published splits; the log-likelihood of a step lies between the two numbers, its error is over pieces.",
            ("Published numbers are those of RNN-RBMs.", table));
    }

    static double[] Score(ExperimentContext context, TrainedSequences trained)
    {
        Sequences test = Part(context, trained, DataSplit.Test);
        if (context.Quick) test = test.Select([0]);
        var scoring = new SequenceScoring
        {
            Chains = context.Quick ? 2 : 20,
            Betas = context.Quick ? 10 : 300,
            BurnIn = 100,
            Samples = context.Quick ? 2 : 50,
            Seed = context.Seed,
        };
        SequenceScore score = SequenceEvaluation.LogLikelihood(trained.Model, test, scoring, cancellation: context.Interrupted);
        PredictionScore predictions = SequenceEvaluation.Predictions(trained.Model, test, scoring, cancellation: context.Interrupted);
        return [score.BackwardMean ?? score.Mean, score.Mean, score.StandardError, predictions.Model.Accuracy,
            predictions.Persistence.Accuracy];
    }
}
