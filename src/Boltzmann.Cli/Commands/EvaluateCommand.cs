using System.CommandLine;
using Boltzmann.Cli.Evaluation;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann evaluate MODEL: likelihoods and what they rest on, all in double precision.</summary>
static class EvaluateCommand
{
    const string LogPartition = "log-partition", FreeEnergies = "free-energy", LogLikelihood = "log-likelihood", Pseudo = "pseudo-likelihood", Reconstructions = "reconstruction";

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var metrics = ChoiceOption.Several("--metrics", "What to compute: by default log-partition, free-energy and log-likelihood; of a network or a model with labels loss, accuracy and confusion.", [LogPartition, FreeEnergies, LogLikelihood, Pseudo, Reconstructions, .. NetworkEvaluation.Metrics]);
        var binarize = ChoiceOption.Of("--binarize", "auto", "How grey values become bits: auto as in the model's training, stochastic once by --seed.", "auto", "none", "threshold", "stochastic");
        var threshold = NumberOption.Optional("--threshold", "Level for --binarize threshold: that of the model's training, else 0.5.");
        var annealing = new AnnealingInput();
        var command = new Command("evaluate", "Judges a model: log Z and log-likelihood, exact or by annealed importance sampling, pseudo-likelihood, reconstruction. Always in float64.") { model.Argument };
        data.AddTo(command);
        foreach (Option option in (Option[])[metrics, binarize, threshold]) command.Options.Add(option);
        annealing.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string path = ModelInput.FileOf(parsed.GetValue(model.Argument)!);
            if (ModelFile.Describe(path).Model == ModelKind.Network.Name || FineTuning.LoadedLabelled.Holds(path)) return NetworkEvaluation.Run(parsed, session, path, data, parsed.GetValue(metrics) ?? []);
            if (parsed.GetValue(metrics)?.FirstOrDefault(NetworkEvaluation.Metrics.Contains) is string foreign) throw new BadInputException($"--metrics {foreign} is for networks, but {path} holds no network");
            LoadedModel loaded = model.LoadRbm(parsed, session.Placement.Double);
            bool hasData = data.NameOf(parsed, loaded) is not null;
            string[] asked = parsed.GetValue(metrics) is { Length: > 0 } some ? some : hasData ? [LogPartition, FreeEnergies, LogLikelihood] : [LogPartition];
            ModelRows? rows = null;
            if (hasData || asked.Any(m => m != LogPartition))
                rows = new(data.OpenScaled(parsed, session, loaded), loaded.Stack.Placement, BinarizationOf(parsed.GetValue(binarize)!, parsed.GetValue(threshold), loaded), session.Seed, session.Interrupted);
            Warn(session, loaded, rows, parsed.GetValue(binarize)!, asked);

            var annealed = asked.Contains(LogPartition) || asked.Contains(LogLikelihood) ? annealing.Estimate(parsed, loaded.Rbm, rows, session) : null;
            Print(session, loaded, rows, Measure(session, loaded.Rbm, rows, asked, annealed));
            return ExitCode.Done;
        });
        return command;
    }

    static EvaluationResult Measure(Session session, Rbm model, ModelRows? rows, string[] asked, LogPartitionResult? logPartition)
    {
        var result = new EvaluationResult { LogPartition = logPartition };
        if (asked.Contains(FreeEnergies) || asked.Contains(LogLikelihood))
        {
            Score free = Score("free energies", batch => FreeEnergy.PerRow(model, batch));
            if (asked.Contains(FreeEnergies)) result = result with { FreeEnergy = free };
            if (asked.Contains(LogLikelihood))
                result = result with
                {
                    LogLikelihood = Under(logPartition!.Value),
                    LogLikelihoodReverse = logPartition.ReverseValue is double reverse ? Under(reverse) : null,
                };

            Score Under(double logZ) => new([.. free.PerRow.Select(f => -f - logZ)]);
        }
        if (asked.Contains(Pseudo)) result = result with { PseudoLikelihood = Score("pseudo-likelihood", batch => PseudoLikelihood.PerRow(model, batch)) };
        if (asked.Contains(Reconstructions))
            result = result with
            {
                SquaredError = Score("reconstruction", batch => Reconstruction.SquaredError(model, batch)),
                CrossEntropy = Score("cross-entropy", batch => Reconstruction.CrossEntropy(model, batch)),
            };
        return result;

        Score Score(string title, Func<Matrix, Score> metric) => FractionDisplay.Show(session, title, progress => rows!.Measure(metric, progress));
    }

    static void Print(Session session, LoadedModel loaded, ModelRows? rows, EvaluationResult result)
    {
        foreach (string warning in result.LogPartition?.Warnings ?? []) session.Warn(warning);
        if (!session.Json)
        {
            session.Output.WriteLine($"{loaded.Path}: {loaded.Title}");
            if (rows is not null) session.Output.WriteLine($"{rows.Data.Name}: {rows.Count:N0} rows{(loaded.Data.Scaling is null ? "" : ", scaled as in training")}{(rows.Binarization is "none" ? "" : $", binarized by {rows.Binarization}")}");
            session.Output.WriteLine();
            session.Output.Write(result.ToText());
            return;
        }
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", loaded.Description.Model);
            json.WriteNumber("rows", rows?.Count ?? 0);
            if (rows is not null)
            {
                json.WriteString("data", rows.Data.Name);
                json.WriteString("binarize", rows.Binarization);
            }
            result.Write(json);
            json.WriteEndObject();
        });
    }

    static Binarization BinarizationOf(string asked, double? threshold, LoadedModel model)
    {
        string way = asked == "auto" ? model.Text("binarize") ?? "none" : asked;
        return way switch
        {
            "stochastic" => Binarization.Stochastic,
            // In training, auto draws bits for binary units.
            "auto" when model.Visible is BernoulliLayer => Binarization.Stochastic,
            "threshold" => Binarization.Threshold(threshold ?? model.Number("threshold") ?? 0.5),
            _ => Binarization.None,
        };
    }

    // A Bernoulli unit has no probability for a grey value: −F − log Z is then a number without that meaning.
    static void Warn(Session session, LoadedModel model, ModelRows? rows, string asked, string[] metrics)
    {
        if (rows is null || rows.Binarization != "none" || model.Visible is not BernoulliLayer || !metrics.Contains(LogLikelihood)) return;
        if (asked == "none" || !rows.Batches().First().ToArray().Cast<double>().Any(x => x is not (0 or 1))) return;
        session.Warn("grey values between 0 and 1 have no probability under binary units, so their log-likelihood is none; --binarize stochastic or threshold makes bits of them");
    }
}
