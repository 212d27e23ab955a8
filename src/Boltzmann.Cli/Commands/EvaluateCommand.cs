using System.CommandLine;
using Boltzmann.Cli.Evaluation;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann evaluate MODEL: likelihoods and what they rest on, all in double precision.</summary>
static class EvaluateCommand
{
    static readonly string[] needLogPartition = [EvaluationMetric.LogPartition, EvaluationMetric.LogLikelihood, EvaluationMetric.Elbo];

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var metrics = ChoiceOption.Several("--metrics",
            "What to compute: by default log-partition, free-energy and log-likelihood; of a dbn or dbm elbo, the bound on its "
                + "log-likelihood, and that itself where at most 4096 states of hidden units are to be summed for each row; of a network "
                + "or a model with labels loss, accuracy, balanced-accuracy (mean recall), average-precision (area under the "
                + "precision-recall curve) and confusion, but with --method and the like those of its rows.",
            [.. EvaluationMetric.OfMachines, EvaluationMetric.Elbo, EvaluationMetric.VariationalGap, .. EvaluationMetric.OfPredictors]);
        var binarize = ChoiceOption.Of("--binarize", "auto", "How grey values become bits, 0 and 1 for Bernoulli units, -1 and 1 for "
            + "spins: auto as in the model's training, stochastic once by --seed. With none, spins take -1 and 1 "
            + "only.", "auto", "none", "threshold", "stochastic");
        var threshold = NumberOption.Optional("--threshold", "Level for --binarize threshold: that of the model's training, else 0.5.");
        var passes = NumberOption.Whole("--passes", 10, 1,
            "elbo: draws of the way up for each row, where not all of them can be enumerated.");
        var gapRows = NumberOption.Whole("--gap-rows", 20, 1, "variational-gap, of a dbm, bm or graph: how many rows, from the first on; "
            + "each takes 100 chains through 200 inverse temperatures from the mean-field posterior to the true one.");
        var annealing = new AnnealingInput();
        var command = new Command("evaluate", "Judges a model: log Z and log-likelihood, exact or by annealed importance sampling, "
            + "pseudo-likelihood, reconstruction; the bound of a deep network; loss and accuracy of a classifier. Always in "
            + "float64.") { model.Argument };
        data.AddTo(command);
        foreach (Option option in (Option[])[metrics, binarize, threshold, passes, gapRows]) command.Options.Add(option);
        annealing.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string path = RunFolder.FindModel(parsed.GetValue(model.Argument)!);
            string[] asked = parsed.GetValue(metrics) ?? [];
            bool asksOfRows = annealing.Options.Any(option => IsGiven(parsed, option));
            if (AnswersByLabels(path, asked, asksOfRows))
            {
                foreach (Option option in (Option[])[binarize, threshold, passes, gapRows, .. annealing.Options])
                    if (IsGiven(parsed, option) && (option != binarize || parsed.GetValue(binarize) != "auto"))
                        throw new BadInputException($"{option.Name} does not go with "
                            + $"{string.Join(", ", asked.Length > 0 ? asked : ["loss"])} of a {ModelFile.Describe(path).Model}: its rows "
                            + "are taken as they are, and it needs no log Z");
                return NetworkEvaluation.Run(parsed, session, path, data, asked);
            }
            LoadedModel loaded = model.Load(parsed, session.Placement.Double);
            string[] known = EvaluationMetric.OfRows(loaded.Description.Model);
            if (asked.FirstOrDefault(metric => !known.Contains(metric)) is string foreign)
                throw new BadInputException($"--metrics {foreign} does not go with {loaded.Title}; expected {string.Join(", ", known)}");
            bool hasData = data.NameOf(parsed, loaded) is not null;
            if (asked.Length == 0) asked = DefaultsOf(loaded, hasData);
            Dbn? stack = StackOf(loaded);
            if (IsGiven(parsed, passes) && (stack is null || !asked.Contains(EvaluationMetric.Elbo)))
                throw new BadInputException("--passes is for --metrics elbo, which is the bound of a dbn");
            if (IsGiven(parsed, gapRows) && !asked.Contains(EvaluationMetric.VariationalGap))
                throw new BadInputException($"--gap-rows is for --metrics {EvaluationMetric.VariationalGap}");
            if (asked.Contains(EvaluationMetric.VariationalGap)) MachineEvaluation.RequireHidden(loaded);
            if (stack is not null && asked.Contains(EvaluationMetric.LogLikelihood)) DbnEvaluation.RequireEnumerable(loaded);
            if (loaded.Model is MachineModel && asked.FirstOrDefault(MachineEvaluation.NeedsEnumeration) is string exact)
                MachineEvaluation.RequireEnumerable(loaded, exact);
            ModelRows? rows = null;
            if (hasData || asked.Any(m => m != EvaluationMetric.LogPartition))
            {
                Binarization way = BinarizationOf(parsed.GetValue(binarize)!, parsed.GetValue(threshold), loaded);
                rows = new(data.OpenScaled(parsed, session, loaded, way != Binarization.None), loaded.Model.Placement,
                    way.For(loaded.Model.RowLayers), session.Seed, session.Interrupted);
            }
            string[] ofRows = [.. WarningsOf(loaded, rows, asked)];
            foreach (string warning in ofRows) session.Warn(warning);

            LogPartitionResult? logPartition = asked.Any(needLogPartition.Contains)
                ? annealing.Estimate(parsed, loaded.Model.Undirected, rows is null ? null : new(loaded.Model, rows, session.Seed), session)
                : null;
            Print(session, loaded, rows, ofRows,
                stack is not null ? DbnEvaluation.Measure(session.Context, stack, rows, asked, logPartition, parsed.GetValue(passes))
                : MachineEvaluation.Measure(session.Context, loaded.Model.Undirected, rows, asked, logPartition, parsed.GetValue(gapRows)));
            return ExitCode.Done;
        });
        return command;
    }

    // A deep model with labels can be asked either way, for what it says of labels or of rows, but not both at once; options of log Z ask
    // of rows.
    static bool AnswersByLabels(string path, string[] asked, bool asksOfRows)
    {
        ModelDescription description = ModelFile.Describe(path);
        string kind = description.Model;
        if (kind == ModelKind.Network.Name || kind == ModelKind.ClassificationRbm.Name) return true;
        if (!LoadedLabelled.IsOf(description)) return false;
        string[] known = EvaluationMetric.OfRows(kind);
        bool isOfRows = asked.Any(known.Contains), isOfLabels = asked.Any(EvaluationMetric.OfPredictors.Contains);
        if (isOfRows && isOfLabels) throw new BadInputException($"--metrics {string.Join(' ', asked)}: a {kind} is judged by its labels "
            + $"({string.Join(", ", asked.Where(EvaluationMetric.OfPredictors.Contains))}) and by its rows "
            + $"({string.Join(", ", asked.Where(known.Contains))}) apart; ask for one of the two");
        return !isOfRows && (isOfLabels || !asksOfRows);
    }

    static string[] DefaultsOf(LoadedModel loaded, bool hasData) => !hasData ? [EvaluationMetric.LogPartition]
        : loaded.Description.Model == ModelKind.Rbm.Name ? [EvaluationMetric.LogPartition, EvaluationMetric.FreeEnergy,
            EvaluationMetric.LogLikelihood]
        : StackOf(loaded) is Dbn stack ? DbnEvaluation.IsEnumerable(stack) ? [EvaluationMetric.Elbo, EvaluationMetric.LogLikelihood]
            : [EvaluationMetric.Elbo]
        : MachineEvaluation.IsQuick(loaded.Model.Undirected) ? [EvaluationMetric.LogPartition, EvaluationMetric.Elbo,
            EvaluationMetric.LogLikelihood]
        : [EvaluationMetric.LogPartition, EvaluationMetric.Elbo];

    // Null for what is judged as a single machine.
    static Dbn? StackOf(LoadedModel loaded) =>
        loaded.Description.Model is "dbn" or "classification-dbn" ? ((StackModel)loaded.Model).Stack : null;

    static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    static void Print(Session session, LoadedModel loaded, ModelRows? rows, string[] ofRows, EvaluationResult result)
    {
        foreach (string warning in result.LogPartition?.Warnings ?? []) session.Warn(warning);
        if (!session.Json)
        {
            session.Output.WriteLine($"{loaded.Path}: {loaded.Title}");
            if (rows is not null) session.Output.WriteLine($"{rows.Data.Name}: {rows.Count:N0} "
                + $"rows{(loaded.Data.Scaling is null ? "" : ", scaled as in training")}"
                + $"{(rows.Binarization is "none" ? "" : $", binarized by {rows.Binarization}")}");
            session.Output.WriteLine();
            session.Output.Write(result.ToText());
            if (result.LogPartition?.VerdictText(session.IsInteractive) is string verdict) session.Output.WriteLine($"\n{verdict}");
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
            json.WriteStartArray("warnings");
            foreach (string warning in (string[])[.. ofRows, .. result.LogPartition?.Warnings ?? []]) json.WriteStringValue(warning);
            json.WriteEndArray();
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
            "auto" when model.IsBinary => Binarization.Stochastic,
            "threshold" => Binarization.Threshold(threshold ?? model.Number("threshold") ?? 0.5),
            _ => Binarization.None,
        };
    }

    // A Bernoulli unit has no probability for a grey value: formulas take it for a mean, and −F − log Z is then a number without that
    // meaning.
    static IEnumerable<string> WarningsOf(LoadedModel model, ModelRows? rows, string[] metrics)
    {
        string[] judged = [.. metrics
            .Where(m => m is EvaluationMetric.LogLikelihood or EvaluationMetric.Elbo or EvaluationMetric.PseudoLikelihood)];
        if (rows is null || rows.AreBinarized || judged.Length == 0) yield break;
        bool[] isBit = [.. model.Model.RowLayers.SelectMany(layer => Enumerable.Repeat(layer.Values == UnitValues.Bits, layer.Units))];
        if (!isBit.Contains(true) || !rows.Batches().Any(batch => Enumerable.Range(0,
            batch.Rows).Any(r => batch.ReadRow(r).Index().Any(x => isBit[x.Index] && x.Item is not (0 or 1))))) yield break;
        yield return $"{rows.Data.Name}: grey values stand for means where bernoulli units take 0 and 1, so {string.Join(" and ", judged)} "
            + $"of these rows {(judged.Length == 1 ? "is" : "are")} no log-likelihood of anything; --binarize threshold or stochastic "
            + "makes bits of them";
    }
}
