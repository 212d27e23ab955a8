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
    static readonly PooledScore none = new(double.NaN, double.NaN);

    /// <summary>Areas under the curves of hits against false alarms; null where it was not asked for.</summary>
    public RocAuc? Curve { get; init; }

    /// <summary>Mean recall of the classes; NaN for numbers.</summary>
    public PooledScore BalancedAccuracy { get; init; } = none;

    /// <summary>Mean of −log p(true class), in nats; NaN for numbers.</summary>
    public PooledScore LogLoss { get; init; } = none;

    /// <summary>1 − squared error/squared deviation; NaN for classes.</summary>
    public PooledScore RSquared { get; init; } = none;

    /// <summary>√ of the mean squared error in the units of the numbers; NaN for classes.</summary>
    public PooledScore Rmse { get; init; } = none;

    /// <summary>Mean absolute error in the units of the numbers; NaN for classes.</summary>
    public PooledScore Mae { get; init; } = none;

    /// <summary>Of the loss of an auto-encoder, per row; null of others.</summary>
    public string? LossUnit { get; init; }

    bool Has(EvaluationMetric metric) => Metrics.Contains(metric);

    internal string ToText(int? width)
    {
        var table = new TextTable("metric", "value");
        if (Has(EvaluationMetric.Loss))
            table.Add(LossUnit is not null ? $"loss [{LossUnit}, per row]" : Classes is null ? "loss [half mean square, standardised]"
                : "loss [nats per row]", NumberText.Short(Score.Loss, 6));
        if (Has(EvaluationMetric.Reconstruction))
            table.Add("reconstruction [squared error of a row]", NumberText.Short(Score.SquaredError, 6));
        if (Has(EvaluationMetric.Accuracy))
            table.Add("accuracy", $"{Score.Accuracy:F4} ({100 * (1 - Score.Accuracy):F2} % error)");
        if (Has(EvaluationMetric.BalancedAccuracy)) table.Add("balanced accuracy [mean recall]",
            $"{Score.BalancedAccuracy:F4}{Around(BalancedAccuracy.StandardError)}");
        if (Has(EvaluationMetric.AveragePrecision)) table.Add("average precision [mean of classes]",
            $"{Score.AveragePrecision:F4}{Around(Precision!.StandardError)}");
        if (Has(EvaluationMetric.RocAuc))
            table.Add(Classes!.Count == 2 ? "ROC AUC" : "ROC AUC [each class against the rest]",
                $"{Curve!.Macro:F4}{Around(Curve.StandardError)}");
        if (Has(EvaluationMetric.LogLoss)) table.Add("log loss [nats per row]", Text(LogLoss));
        if (Has(EvaluationMetric.Rmse)) table.Add("root mean square error", Text(Rmse));
        if (Has(EvaluationMetric.Mae)) table.Add("mean absolute error", Text(Mae));
        if (Has(EvaluationMetric.RSquared)) table.Add("R²", Text(RSquared));
        return !Has(EvaluationMetric.Confusion) || Confusion is null ? table.ToText(width)
            : $"{table.ToText(width)}\n{Counts(Confusion).ToText(width)}";
    }

    static string Text(PooledScore score) => $"{NumberText.Short(score.Value, 6)}{Around(score.StandardError)}";

    static string Around(double error) => double.IsFinite(error) ? $" ± {NumberText.Short(error, 2)}" : "";

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
        if (Has(EvaluationMetric.Reconstruction)) json.WriteFiniteOrNull("squared_error", Score.SquaredError);
        if (Has(EvaluationMetric.Accuracy)) json.WriteFiniteOrNull("accuracy", Score.Accuracy);
        if (Has(EvaluationMetric.BalancedAccuracy)) json.WriteFiniteOrNull("balanced_accuracy", Score.BalancedAccuracy);
        if (Has(EvaluationMetric.AveragePrecision) && Precision is not null)
        {
            json.WriteStartObject("average_precision");
            json.WriteFiniteOrNull("macro", Precision.Macro);
            json.WriteNumbers("per_class", Precision.PerClass);
            json.WriteEndObject();
        }
        if (Has(EvaluationMetric.RocAuc) && Curve is not null)
        {
            json.WriteStartObject("roc_auc");
            json.WriteFiniteOrNull("macro", Curve.Macro);
            json.WriteNumbers("per_class", Curve.PerClass);
            json.WriteEndObject();
        }
        if (Has(EvaluationMetric.LogLoss)) json.WriteFiniteOrNull("log_loss", LogLoss.Value);
        if (Has(EvaluationMetric.RSquared)) json.WriteFiniteOrNull("r_squared", Score.RSquared);
        if (Has(EvaluationMetric.Rmse)) json.WriteFiniteOrNull("rmse", Rmse.Value);
        if (Has(EvaluationMetric.Mae)) json.WriteFiniteOrNull("mae", Mae.Value);
        WriteErrors(json);
        if (Imbalance is not null) json.WriteString("imbalance", Imbalance);
        if (Has(EvaluationMetric.Confusion) && Confusion is not null) Write(json, Confusion);
    }

    void WriteErrors(Utf8JsonWriter json)
    {
        (EvaluationMetric Metric, string Name, double Error)[] errors = [.. new[]
        {
            (EvaluationMetric.BalancedAccuracy, "balanced_accuracy", BalancedAccuracy.StandardError),
            (EvaluationMetric.AveragePrecision, "average_precision", Precision?.StandardError ?? double.NaN),
            (EvaluationMetric.RocAuc, "roc_auc", Curve?.StandardError ?? double.NaN),
            (EvaluationMetric.LogLoss, "log_loss", LogLoss.StandardError),
            (EvaluationMetric.RSquared, "r_squared", RSquared.StandardError),
            (EvaluationMetric.Rmse, "rmse", Rmse.StandardError),
            (EvaluationMetric.Mae, "mae", Mae.StandardError),
        }.Where(error => Has(error.Item1))];
        if (errors.Length == 0) return;
        json.WriteStartObject("standard_errors");
        foreach (var (_, name, error) in errors) json.WriteFiniteOrNull(name, error);
        json.WriteEndObject();
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
