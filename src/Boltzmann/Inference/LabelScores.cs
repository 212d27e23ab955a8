using System.Text.Json;

namespace Boltzmann.Inference;

/// <summary>How well a model meets the classes or numbers that rows have.</summary>
/// <param name="Metrics">What was asked for.</param>
/// <param name="Score">Loss, accuracy, R².</param>
/// <param name="Classes">Names of the classes; null for numbers.</param>
/// <param name="Confusion">How often rows of each class were taken for each; null for numbers.</param>
/// <param name="Precision">Average precision of each class; null for numbers.</param>
/// <param name="Imbalance">A sentence on classes so unbalanced that accuracy misleads; null where they are not, or for numbers.</param>
public sealed record LabelScores(IReadOnlyList<EvaluationMetric> Metrics, NetworkScore Score, IReadOnlyList<string>? Classes,
    ConfusionMatrix? Confusion, AveragePrecision? Precision, string? Imbalance)
{
    bool Has(EvaluationMetric metric) => Metrics.Contains(metric);

    internal string ToText()
    {
        var table = new TextTable("metric", "value");
        if (Has(EvaluationMetric.Loss))
            table.Add(Classes is null ? "loss [half mean square, standardised]" : "loss [nats per row]", NumberText.Short(Score.Loss, 6));
        if (Has(EvaluationMetric.Accuracy))
            table.Add("accuracy", $"{Score.Accuracy:F4} ({100 * (1 - Score.Accuracy):F2} % error)");
        if (Has(EvaluationMetric.BalancedAccuracy)) table.Add("balanced accuracy [mean recall]", $"{Score.BalancedAccuracy:F4}");
        if (Has(EvaluationMetric.AveragePrecision)) table.Add("average precision [mean of classes]", $"{Score.AveragePrecision:F4}");
        if (Has(EvaluationMetric.RSquared)) table.Add("R²", NumberText.Short(Score.RSquared, 6));
        return !Has(EvaluationMetric.Confusion) || Confusion is null ? table.ToText() : $"{table.ToText()}\n{Counts(Confusion).ToText()}";
    }

    TextTable Counts(ConfusionMatrix confusion)
    {
        var counts = new TextTable(["true \\ predicted", .. Classes!, "recall", "average precision"]);
        for (int truth = 0; truth < confusion.Classes; truth++)
            counts.Add([Classes![truth], .. Enumerable.Range(0, confusion.Classes)
                .Select(predicted => $"{confusion.Counts[truth, predicted]:F0}"), ShareOf(confusion.Recall(truth)),
                ShareOf(Precision!.PerClass[truth])]);
        return counts;
    }

    static string ShareOf(double share) => double.IsNaN(share) ? "no rows" : NumberText.Short(share);

    internal void Write(Utf8JsonWriter json)
    {
        if (Has(EvaluationMetric.Loss)) json.WriteFiniteOrNull("loss", Score.Loss);
        if (Has(EvaluationMetric.Accuracy)) json.WriteFiniteOrNull("accuracy", Score.Accuracy);
        if (Has(EvaluationMetric.BalancedAccuracy)) json.WriteFiniteOrNull("balanced_accuracy", Score.BalancedAccuracy);
        if (Has(EvaluationMetric.AveragePrecision) && Precision is not null)
        {
            json.WriteStartObject("average_precision");
            json.WriteFiniteOrNull("macro", Precision.Macro);
            json.WriteNumbers("per_class", Precision.PerClass);
            json.WriteEndObject();
        }
        if (Has(EvaluationMetric.RSquared)) json.WriteFiniteOrNull("r_squared", Score.RSquared);
        if (Imbalance is not null) json.WriteString("imbalance", Imbalance);
        if (Has(EvaluationMetric.Confusion) && Confusion is not null) Write(json, Confusion);
    }

    void Write(Utf8JsonWriter json, ConfusionMatrix confusion)
    {
        json.WriteStartObject("confusion");
        json.WriteStartArray("classes");
        foreach (string name in Classes!) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("counts");
        for (int truth = 0; truth < confusion.Classes; truth++)
        {
            json.WriteStartArray();
            for (int predicted = 0; predicted < confusion.Classes; predicted++) json.WriteNumberValue(confusion.Counts[truth, predicted]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
