namespace Boltzmann.Evaluation;

/// <summary>
/// How well scores put the rows of a class before all others: the area under its precision–recall curve, AP = Σ_n (R_n − R_{n−1})·P_n, P_n
/// and R_n being precision and recall when the rows with the n
/// highest distinct scores are taken for the class (Manning, Raghavan and Schütze 2008, section 8.4; without interpolation, Davis and
/// Goadrich 2006). Rows of equal scores are taken together.
/// </summary>
/// <remarks>Scores without knowledge give about the share of the class, so of a rare class it tells what accuracy hides.</remarks>
/// <param name="PerClass">AP of each class, between 0 and 1; NaN for a class without rows.</param>
/// <param name="Macro">The mean over classes that have rows; NaN without rows.</param>
public sealed record AveragePrecision(IReadOnlyList<double> PerClass, double Macro)
{
    /// <summary>Judges scores.</summary>
    /// <param name="scores">One row per example, one entry per class: probabilities or their logarithms.</param>
    /// <param name="labels">True classes.</param>
    /// <exception cref="ArgumentException">Rows and labels differ in number.</exception>
    public static AveragePrecision Of(IReadOnlyList<double[]> scores, ReadOnlySpan<int> labels)
    {
        if (scores.Count != labels.Length) throw new ArgumentException($"{labels.Length} labels do not fit {scores.Count} rows of scores");
        int[] truth = labels.ToArray();
        double[] perClass = [.. Enumerable.Range(0, scores.Count == 0 ? 0 : scores[0].Length).Select(c => OfClass(c, scores, truth))];
        return new(perClass, perClass.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average());
    }

    static double OfClass(int index, IReadOnlyList<double[]> scores, int[] labels)
    {
        int all = labels.Count(label => label == index);
        double[] keys = [.. scores.Select(row => -row[index])];
        // A score that is not a number orders nothing.
        if (all == 0 || keys.Any(double.IsNaN)) return double.NaN;
        bool[] isOfClass = [.. labels.Select(label => label == index)];
        Array.Sort(keys, isOfClass);
        double area = 0;
        int found = 0, foundBefore = 0;
        for (int r = 0; r < keys.Length; r++)
        {
            if (isOfClass[r]) found++;
            if (r + 1 < keys.Length && keys[r + 1] == keys[r]) continue;
            area += (double)(found - foundBefore) * found / (r + 1);
            foundBefore = found;
        }
        return area / all;
    }
}
