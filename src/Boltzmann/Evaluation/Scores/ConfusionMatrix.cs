namespace Boltzmann.Evaluation;

/// <summary>How often rows of each class were taken for each class.</summary>
public sealed class ConfusionMatrix
{
    ConfusionMatrix(double[,] counts) => Counts = counts;

    /// <summary>[true class × predicted class].</summary>
    public double[,] Counts { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => Counts.GetLength(0);

    /// <summary>Rows counted.</summary>
    public double Total => Counts.Cast<double>().Sum();

    /// <summary>Share of rows whose class was found.</summary>
    public double Accuracy => Enumerable.Range(0, Classes).Sum(c => Counts[c, c]) / Total;

    /// <summary>Share of a class's rows that were found; NaN if it has none.</summary>
    public double Recall(int truth) => Counts[truth, truth] / Enumerable.Range(0, Classes).Sum(c => Counts[truth, c]);

    /// <summary>
    /// Mean recall of the classes that have rows, so that each class counts alike however rare it is (Brodersen, Ong, Stephan and Buhmann
    /// 2010); NaN without rows.
    /// </summary>
    public double BalancedAccuracy =>
        Enumerable.Range(0, Classes).Select(Recall).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Share of the rows taken for a class that are of it; NaN if there are none.</summary>
    public double Precision(int predicted) => Counts[predicted, predicted] / Enumerable.Range(0, Classes).Sum(c => Counts[c, predicted]);

    /// <summary>Counts predictions.</summary>
    /// <param name="labels">True classes.</param>
    /// <param name="predictions">As many predicted ones.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">The numbers differ, or a class is out of range.</exception>
    public static ConfusionMatrix Of(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, int classes)
    {
        if (labels.Length != predictions.Length)
            throw new ArgumentException($"{labels.Length} labels do not fit {predictions.Length} predictions");
        var counts = new double[classes, classes];
        for (int r = 0; r < labels.Length; r++)
        {
            if ((uint)labels[r] >= (uint)classes || (uint)predictions[r] >= (uint)classes)
                throw new ArgumentException($"row {r} is of class {labels[r]}, predicted {predictions[r]}, of {classes} classes");
            counts[labels[r], predictions[r]]++;
        }
        return new(counts);
    }
}
