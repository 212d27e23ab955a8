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
    const int Resamples = 200;

    /// <summary>
    /// Of the mean: the standard deviation over 200 bootstrap samples of the rows (Efron 1979), the same for the same rows. NaN below two
    /// rows, and where it was not asked for.
    /// </summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>Judges scores.</summary>
    /// <param name="scores">One row per example, one entry per class: probabilities or their logarithms.</param>
    /// <param name="labels">True classes.</param>
    /// <exception cref="ArgumentException">Rows and labels differ in number.</exception>
    public static AveragePrecision Of(IReadOnlyList<double[]> scores, ReadOnlySpan<int> labels)
    {
        if (scores.Count != labels.Length) throw new ArgumentException($"{labels.Length} labels do not fit {scores.Count} rows of scores");
        return Of(Ranked(scores, labels));
    }

    /// <summary>The same with the standard error of the mean, for 200 times the work.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{double[]}, ReadOnlySpan{int})"/>
    public static AveragePrecision Estimate(IReadOnlyList<double[]> scores, ReadOnlySpan<int> labels)
    {
        if (scores.Count != labels.Length) throw new ArgumentException($"{labels.Length} labels do not fit {scores.Count} rows of scores");
        RankedRows?[] ranked = Ranked(scores, labels);
        return Of(ranked) with
        {
            StandardError = Spread(scores.Count, counts => MeanOf(ranked.Select(rows => rows?.AveragePrecision(counts) ?? double.NaN))),
        };
    }

    /// <summary>The same of one class of rows, with its standard error.</summary>
    /// <param name="scores">Of each row, any numbers: higher is more likely positive.</param>
    /// <param name="arePositive">Whether a row is of the class.</param>
    /// <exception cref="ArgumentException">The two differ in number.</exception>
    public static PooledScore Estimate(ReadOnlySpan<double> scores, ReadOnlySpan<bool> arePositive) =>
        RankedRows.Of(scores, arePositive) is RankedRows rows ? new(rows.AveragePrecision(), Spread(scores.Length, rows.AveragePrecision))
        : new(double.NaN, double.NaN);

    static AveragePrecision Of(RankedRows?[] ranked)
    {
        double[] perClass = [.. ranked.Select(rows => rows?.AveragePrecision() ?? double.NaN)];
        return new(perClass, MeanOf(perClass));
    }

    static RankedRows?[] Ranked(IReadOnlyList<double[]> scores, ReadOnlySpan<int> labels)
    {
        var ranked = new RankedRows?[scores.Count == 0 ? 0 : scores[0].Length];
        int[] truth = labels.ToArray();
        for (int c = 0; c < ranked.Length; c++)
            ranked[c] = RankedRows.Of([.. scores.Select(row => row[c])], [.. truth.Select(label => label == c)]);
        return ranked;
    }

    static double MeanOf(IEnumerable<double> perClass) => perClass.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    // Of a number of rows drawn with replacement, those without a row of any class left out.
    static double Spread(int rows, Func<int[], double> measure)
    {
        if (rows < 2) return double.NaN;
        var rng = new Rng();
        var counts = new int[rows];
        var values = new List<double>();
        for (int b = 0; b < Resamples; b++)
        {
            Array.Clear(counts);
            for (int r = 0; r < rows; r++) counts[rng.NextInteger(rows)]++;
            if (measure(counts) is double value && double.IsFinite(value)) values.Add(value);
        }
        if (values.Count < 2) return double.NaN;
        double mean = values.Average();
        return Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Count - 1));
    }
}
