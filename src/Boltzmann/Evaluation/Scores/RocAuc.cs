namespace Boltzmann.Evaluation;

/// <summary>
/// How well scores part the rows of a class from all others: the area under the curve of hits against false alarms, which is the chance
/// that a row of the class has a higher score than a row of another, ties counting half (Hanley and McNeil 1982). ½ without knowledge.
/// </summary>
/// <param name="PerClass">Of each class against the rest, by its own scores; NaN where one of the two has no rows.</param>
/// <param name="Macro">The mean over classes that have one; NaN without any. Of two classes by probabilities both are the same.</param>
/// <param name="StandardError">Of the mean, by the method of DeLong, DeLong and Clarke-Pearson 1988, in which classes may depend on each
/// other; NaN where a class has a single row.</param>
public sealed record RocAuc(IReadOnlyList<double> PerClass, double Macro, double StandardError)
{
    /// <summary>Judges scores of classes.</summary>
    /// <param name="scores">One row per example, one entry per class: probabilities or their logarithms.</param>
    /// <param name="labels">True classes.</param>
    /// <exception cref="ArgumentException">Rows and labels differ in number.</exception>
    public static RocAuc Of(IReadOnlyList<double[]> scores, ReadOnlySpan<int> labels)
    {
        if (scores.Count != labels.Length) throw new ArgumentException($"{labels.Length} labels do not fit {scores.Count} rows of scores");
        int[] truth = labels.ToArray();
        int classes = scores.Count == 0 ? 0 : scores[0].Length;
        var perClass = new double[classes];
        var shares = new double[scores.Count];
        for (int c = 0; c < classes; c++)
            perClass[c] = Add([.. scores.Select(row => row[c])], [.. truth.Select(label => label == c)], shares);
        double[] found = [.. perClass.Where(double.IsFinite)];
        return found.Length == 0 ? new(perClass, double.NaN, double.NaN)
            : new(perClass, found.Average(), Math.Sqrt(shares.Sum(share => share * share)) / found.Length);
    }

    /// <summary>The area for scores of two kinds of rows, with the standard error of DeLong.</summary>
    /// <param name="scores">Of each row, any numbers: higher is more likely positive.</param>
    /// <param name="arePositive">Whether a row is of the class.</param>
    /// <exception cref="ArgumentException">The two differ in number.</exception>
    public static PooledScore Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> arePositive)
    {
        if (scores.Length != arePositive.Length)
            throw new ArgumentException($"{arePositive.Length} labels do not fit {scores.Length} scores");
        var shares = new double[scores.Length];
        double area = Add(scores.ToArray(), arePositive.ToArray(), shares);
        return new(area, double.IsNaN(area) ? double.NaN : Math.Sqrt(shares.Sum(share => share * share)));
    }

    // The area, and what each row adds to its sampling error: with V the share of rows of the other kind that a row is on the right side
    // of, (V − area)/√(n(n − 1)) for one of n rows of its kind, whose squares add up to DeLong's variance.
    static double Add(double[] scores, bool[] arePositive, double[] shares)
    {
        int positive = arePositive.Count(x => x), negative = scores.Length - positive;
        // A score that is not a number orders nothing.
        if (positive == 0 || negative == 0 || Array.Exists(scores, double.IsNaN)) return double.NaN;
        var places = new double[scores.Length];
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(scores, order);
        int positiveBelow = 0, negativeBelow = 0;
        double area = 0;
        for (int first = 0, end; first < order.Length; first = end)
        {
            int positiveHere = 0;
            for (end = first; end < order.Length && scores[end] == scores[first]; end++)
                if (arePositive[order[end]]) positiveHere++;
            int negativeHere = end - first - positiveHere;
            for (int i = first; i < end; i++)
                places[order[i]] = arePositive[order[i]] ? (negativeBelow + negativeHere / 2.0) / negative
                    : (positive - positiveBelow - positiveHere / 2.0) / positive;
            area += positiveHere * (negativeBelow + negativeHere / 2.0);
            positiveBelow += positiveHere;
            negativeBelow += negativeHere;
        }
        area = area / positive / negative;
        for (int r = 0; r < places.Length; r++)
        {
            double kind = arePositive[r] ? positive : negative;
            shares[r] += kind < 2 ? double.NaN : (places[r] - area) / Math.Sqrt(kind * (kind - 1));
        }
        return area;
    }
}
