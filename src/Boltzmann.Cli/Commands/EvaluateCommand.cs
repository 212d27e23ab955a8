using System.CommandLine;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Ratings;
using Boltzmann.Cli.Temporal;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann evaluate MODEL: likelihoods and what they rest on, all in double precision.</summary>
static class EvaluateCommand
{
    // The shorter word that people know it by.
    const string R2 = "r2", RSquared = "r-squared";

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput(SequenceSource.Formats);
        var metrics = ChoiceOption.Several("--metrics",
            "What to compute. By default log-partition, free-energy and log-likelihood; for a dbn or dbm elbo, the bound on its "
                + "log-likelihood, and the log-likelihood itself where at most 4096 states of hidden units have to be summed for each row; "
                + "for a network or a model with labels loss, accuracy, balanced-accuracy (mean recall), average-precision (area under the "
                + "precision-recall curve) and confusion, unless options for log Z ask about its rows. On request roc-auc (of more than "
                + "two classes each against the rest) and log-loss; for a network that predicts a number rmse, mae and r2; for an "
                + "auto-encoder loss and reconstruction.",
            [.. Binding.Words<EvaluationMetric>(), R2, .. SequenceEvaluate.OwnMetrics, .. RatingEvaluate.OwnMetrics])
            .In(HelpGroup.Metrics, isMain: true);
        var binarize = ChoiceOption.Of("--binarize", "auto", "How grey values become bits. auto: as in the model's training; stochastic: "
            + "drawn once, by --seed. Bits are 0 and 1 for Bernoulli units, -1 and 1 for spins; with none, spins take -1 and 1 only.",
            "auto", "none", "threshold", "stochastic");
        var threshold = NumberOption.Optional("--threshold", "With --binarize threshold: the level from which on a value is 1. By "
            + "default as in the model's training, otherwise 0.5.");
        var passes = NumberOption.Whole("--passes", EvaluationRequest.DefaultPasses, 1,
            "elbo: draws of the way up for each row, where they cannot all be enumerated.");
        var gapRows = NumberOption.Whole("--gap-rows", EvaluationRequest.DefaultGapRows, 1,
            "variational-gap, of a dbm, bm or graph: how many rows to measure it on. Each takes 100 chains through 200 inverse "
            + "temperatures, from the mean-field posterior to the true one.");
        Option<string?> gaps = ChoiceOption.Optional($"--{RowOptions.Missing}", RowOptions.JudgedMissingHelp, "absent", "unknown");
        var logPartition = new LogPartitionInput();
        var command = new Command("evaluate", "Judges a model: its likelihood, with its error, or its accuracy. The likelihood is exact or "
            + "by annealed importance sampling; also pseudo-likelihood, reconstruction and the bound of a deep network. Always in "
            + "float64.") { model.Argument };
        command.WithExamples(
            ("evaluate runs/NAME", "the test part of the model's data"),
            ("evaluate runs/NAME --data new.csv --json", "other rows, as JSON"),
            ("evaluate runs/NAME --method ais --chains 500 --betas 10000", "a careful estimate of log Z"));
        data.AddTo(command);
        foreach (Option option in (Option[])[gaps, metrics, binarize, threshold, passes, gapRows]) command.Options.Add(option);
        logPartition.AddTo(command);
        var sequences = new SequenceEvaluate(model, data, metrics, logPartition);
        var ratings = new RatingEvaluate(model, metrics);
        foreach (Option option in (IEnumerable<Option>)[.. sequences.Options, .. ratings.Options]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            if ((ratings.Run(parsed, session) ?? sequences.Run(parsed, session)) is int code) return code;
            TrainedModel trained = model.Open(parsed, session, session.Placement.Double);
            EvaluationResult result = trained.Evaluate(new()
            {
                Rows = data.Request(parsed, session),
                Metrics = [.. (parsed.GetValue(metrics) ?? []).Select(word => Binding.Of<EvaluationMetric>(word == R2 ? RSquared : word))],
                Missing = parsed.Choice<MissingValues>(gaps),
                Binarize = parsed.Choice<BinarizationWay>(binarize) ?? BinarizationWay.Auto,
                Threshold = parsed.GetValue(threshold),
                Passes = parsed.Stated(passes),
                GapRows = parsed.Stated(gapRows),
                LogPartition = logPartition.Request(parsed),
            }, session.Context);
            if (session.Json) session.WriteJson(result.WriteTo);
            else session.Print(result.ToText(session.IsInteractive, session.TableWidth));
            return ExitCode.Done;
        });
        return command;
    }
}
