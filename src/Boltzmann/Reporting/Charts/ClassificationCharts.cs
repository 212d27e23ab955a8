namespace Boltzmann.Reporting;

/// <summary>Charts of how classes were told apart.</summary>
static class ClassificationCharts
{
    public const string ReliabilityCaption = "Rows gathered by the probability that was given to the chosen class: on the diagonal, of ten "
        + "answers given with 80 % confidence eight are right. Below it the network is too sure of itself.";

    /// <summary>How often rows of each class were taken for each class.</summary>
    public static string Confusion(string title, IReadOnlyList<string> classes, ConfusionMatrix confusion) =>
        SvgChart.Confusion(new ChartFrame(title) { XTitle = "predicted", YTitle = "true" }, classes, confusion.Counts);

    /// <summary>How often answers were right, by how sure they were.</summary>
    public static string Reliability(Reliability reliability) => SvgChart.Line(
        new ChartFrame($"Reliability of probabilities (calibration error {100 * reliability.ExpectedCalibrationError:F2} "
            + "%)")
        { XTitle = "confidence", YTitle = "accuracy" },
        new ChartSeries("measured", [.. reliability.Bins.Select(b => new ChartPoint(b.Confidence, b.Accuracy))]),
        new ChartSeries("perfect", [new(0, 0), new(1, 1)]));
}
