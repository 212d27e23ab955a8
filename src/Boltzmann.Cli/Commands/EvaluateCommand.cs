using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann evaluate MODEL: likelihoods and what they rest on, all in double precision.</summary>
static class EvaluateCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var metrics = ChoiceOption.Several("--metrics",
            "What to compute: by default log-partition, free-energy and log-likelihood; of a dbn or dbm elbo, the bound on its "
                + "log-likelihood, and that itself where at most 4096 states of hidden units are to be summed for each row; of a network "
                + "or a model with labels loss, accuracy, balanced-accuracy (mean recall), average-precision (area under the "
                + "precision-recall curve) and confusion, but with --method and the like those of its rows.",
            Binding.Words<EvaluationMetric>());
        var binarize = ChoiceOption.Of("--binarize", "auto", "How grey values become bits, 0 and 1 for Bernoulli units, -1 and 1 for "
            + "spins: auto as in the model's training, stochastic once by --seed. With none, spins take -1 and 1 "
            + "only.", "auto", "none", "threshold", "stochastic");
        var threshold = NumberOption.Optional("--threshold", "Level for --binarize threshold: that of the model's training, else 0.5.");
        var passes = NumberOption.Whole("--passes", EvaluationRequest.DefaultPasses, 1,
            "elbo: draws of the way up for each row, where not all of them can be enumerated.");
        var gapRows = NumberOption.Whole("--gap-rows", EvaluationRequest.DefaultGapRows, 1,
            "variational-gap, of a dbm, bm or graph: how many rows, from the first on; each "
            + "takes 100 chains through 200 inverse temperatures from the mean-field posterior to the true one.");
        Option<string?> gaps = ChoiceOption.Optional($"--{RowOptions.Missing}", RowOptions.JudgedMissingHelp, "absent", "unknown");
        var logPartition = new LogPartitionInput();
        var command = new Command("evaluate", "Judges a model: log Z and log-likelihood, exact or by annealed importance sampling, "
            + "pseudo-likelihood, reconstruction; the bound of a deep network; loss and accuracy of a classifier. Always in "
            + "float64.") { model.Argument };
        data.AddTo(command);
        foreach (Option option in (Option[])[gaps, metrics, binarize, threshold, passes, gapRows]) command.Options.Add(option);
        logPartition.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            TrainedModel trained = model.Open(parsed, session.Placement.Double);
            EvaluationResult result = trained.Evaluate(new()
            {
                Rows = data.Request(parsed, session),
                Metrics = parsed.Choices<EvaluationMetric>(metrics),
                Missing = parsed.Choice<MissingValues>(gaps),
                Binarize = parsed.Choice<BinarizationWay>(binarize) ?? BinarizationWay.Auto,
                Threshold = parsed.GetValue(threshold),
                Passes = parsed.Stated(passes),
                GapRows = parsed.Stated(gapRows),
                LogPartition = logPartition.Request(parsed),
            }, session.Context);
            if (session.Json) session.WriteJson(result.WriteTo);
            else session.Output.Write(result.ToText(session.IsInteractive));
            return ExitCode.Done;
        });
        return command;
    }
}
