using System.CommandLine;

namespace Boltzmann.Cli.Evaluation;

/// <summary>Judges a network, or a model with labels, by labelled rows.</summary>
static class NetworkEvaluation
{
    public static int Run(ParseResult parsed, Session session, string path, DataInput data, string[] asked)
    {
        LoadedPredictor loaded = LoadedPredictor.Read(path, session.Placement.Double);
        bool isClassifier = loaded.Classes is not null;
        if (asked.FirstOrDefault(metric => !Suits(metric, isClassifier)) is string wrong)
            throw new BadInputException($"--metrics {wrong} does not go with {loaded.Title}; expected "
                + $"{string.Join(", ", ExpectedOf(loaded, isClassifier))}");
        if (asked.Length == 0) asked = isClassifier ? [.. EvaluationMetric.OfPredictors.Where(metric => Suits(metric, isClassifier))]
            : [EvaluationMetric.Loss, EvaluationMetric.RSquared];
        Dataset rows = data.OpenScaled(parsed, session, loaded);
        NetworkScore score = loaded.Score(rows);
        IReadOnlyList<double[]>? outputs = isClassifier ? loaded.Predict(rows) : null;
        int[] labels = isClassifier ? loaded.LabelsOf(rows) : [];
        ConfusionMatrix? confusion = isClassifier ? ConfusionMatrix.Of(labels, [.. outputs!.Select(Predictor.Best)], loaded.Classes!.Count)
            : null;
        AveragePrecision? precision = isClassifier ? AveragePrecision.Of(outputs!, labels) : null;
        string? imbalance = isClassifier ? ClassBalance.Of(labels).Complaint(loaded.Classes!) : null;
        if (imbalance is not null) session.Warn($"{rows.Name}: {imbalance}");
        if (session.Json) WriteJson(session, loaded, rows, asked, score, confusion, precision, imbalance);
        else Print(session, loaded, rows, asked, score, confusion, precision);
        return ExitCode.Done;
    }

    // Deep models with labels are asked for their likelihood elsewhere.
    static IEnumerable<string> ExpectedOf(LoadedPredictor loaded, bool isClassifier) =>
        [.. EvaluationMetric.OfPredictors.Where(metric => Suits(metric, isClassifier)), .. LoadedLabelled.IsOf(loaded.Description)
            && loaded.Description.Model != ModelKind.ClassificationRbm.Name ? EvaluationMetric.OfRows(loaded.Description.Model) : []];

    static bool Suits(string metric, bool isClassifier) => metric switch
    {
        EvaluationMetric.Loss => true,
        EvaluationMetric.Accuracy or EvaluationMetric.BalancedAccuracy or EvaluationMetric.AveragePrecision or EvaluationMetric.Confusion =>
            isClassifier,
        EvaluationMetric.RSquared => !isClassifier,
        _ => false,
    };

    static void Print(
        Session session, LoadedPredictor loaded, Dataset rows, string[] asked, NetworkScore score, ConfusionMatrix? confusion,
            AveragePrecision? precision)
    {
        session.Output.WriteLine($"{loaded.Path}: {loaded.Title}");
        session.Output.WriteLine($"{rows.Name}: {rows.Count:N0} rows{(loaded.Data.Scaling is null ? "" : ", scaled as in training")}");
        session.Output.WriteLine();
        var table = new TextTable("metric", "value");
        if (asked.Contains(EvaluationMetric.Loss)) table.Add(loaded.Classes is null ? "loss [half mean square, "
            + "standardised]" : "loss [nats per row]", NumberText.Short(score.Loss, 6));
        if (asked.Contains(EvaluationMetric.Accuracy))
            table.Add("accuracy", $"{score.Accuracy:F4} ({100 * (1 - score.Accuracy):F2} % error)");
        if (asked.Contains(EvaluationMetric.BalancedAccuracy)) table.Add("balanced accuracy [mean recall]", $"{score.BalancedAccuracy:F4}");
        if (asked.Contains(EvaluationMetric.AveragePrecision)) table.Add("average precision [mean of classes]",
            $"{score.AveragePrecision:F4}");
        if (asked.Contains(EvaluationMetric.RSquared)) table.Add("R²", NumberText.Short(score.RSquared, 6));
        session.Output.Write(table.ToText());
        if (!asked.Contains(EvaluationMetric.Confusion) || confusion is null) return;
        session.Output.WriteLine();
        var counts = new TextTable(["true \\ predicted", .. loaded.Classes!, "recall", "average precision"]);
        for (int truth = 0; truth < confusion.Classes; truth++)
            counts.Add([loaded.Classes![truth], .. Enumerable.Range(0, confusion.Classes)
                .Select(predicted => $"{confusion.Counts[truth, predicted]:F0}"), ShareOf(confusion.Recall(truth)),
                ShareOf(precision!.PerClass[truth])]);
        session.Output.Write(counts.ToText());
    }

    static string ShareOf(double share) => double.IsNaN(share) ? "no rows" : NumberText.Short(share);

    static void WriteJson(
        Session session, LoadedPredictor loaded, Dataset rows, string[] asked, NetworkScore score, ConfusionMatrix? confusion,
            AveragePrecision? precision, string? imbalance) => session.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("model", loaded.Description.Model);
        json.WriteNumber("rows", rows.Count);
        json.WriteString("data", rows.Name);
        if (asked.Contains(EvaluationMetric.Loss)) json.WriteFiniteOrNull("loss", score.Loss);
        if (asked.Contains(EvaluationMetric.Accuracy)) json.WriteFiniteOrNull("accuracy", score.Accuracy);
        if (asked.Contains(EvaluationMetric.BalancedAccuracy)) json.WriteFiniteOrNull("balanced_accuracy", score.BalancedAccuracy);
        if (asked.Contains(EvaluationMetric.AveragePrecision) && precision is not null)
        {
            json.WriteStartObject("average_precision");
            json.WriteFiniteOrNull("macro", precision.Macro);
            json.WriteNumbers("per_class", precision.PerClass);
            json.WriteEndObject();
        }
        if (asked.Contains(EvaluationMetric.RSquared)) json.WriteFiniteOrNull("r_squared", score.RSquared);
        if (imbalance is not null) json.WriteString("imbalance", imbalance);
        if (asked.Contains(EvaluationMetric.Confusion) && confusion is not null)
        {
            json.WriteStartObject("confusion");
            json.WriteStartArray("classes");
            foreach (string name in loaded.Classes!) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("counts");
            for (int truth = 0; truth < confusion.Classes; truth++)
            {
                json.WriteStartArray();
                for (int predicted = 0; predicted < confusion.Classes; predicted++)
                    json.WriteNumberValue(confusion.Counts[truth, predicted]);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });
}
