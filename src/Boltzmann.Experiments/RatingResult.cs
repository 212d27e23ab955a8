namespace Boltzmann.Experiments;

/// <summary>A way to predict ratings: what it made of validation and test ratings, once for each seed.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Validation">Of each seed, in the order of the ratings.</param>
/// <param name="Test">The same.</param>
/// <param name="Seconds">To learn; NaN where it is made of others.</param>
sealed record RatingResult(string Name, double[][] Validation, double[][] Test, double Seconds)
{
    /// <summary>Of a plain method.</summary>
    public static RatingResult Of(string name, RatingParts parts, Func<RatingList, double[]> predict, double seconds) =>
        new(name, [predict(parts.Validation)], [predict(parts.Test)], seconds);

    /// <summary>The mean of several ways' predictions, seed by seed.</summary>
    public static RatingResult Mean(string name, params RatingResult[] ways) =>
        Joined(name, ways, (_, parts) => [.. parts[0].Select((_, n) => parts.Average(part => part[n]))]);

    /// <summary>Their weighted sum, weights by least squares on validation.</summary>
    public static RatingResult Mixed(string name, RatingList validation, params RatingResult[] ways) =>
        Joined(name, ways, (held, parts) => new RatingMixture(held, validation).Predictions(parts));

    /// <summary>The mean over its seeds, as one.</summary>
    public RatingResult OverSeeds(string name) => new(name, [Means(Validation)], [Means(Test)], Seconds * Test.Length);

    /// <summary>Root mean squared error of validation, mean over seeds.</summary>
    public double HeldOut(RatingParts parts) => Validation.Average(of => HiddenErrors.Of(of, parts.Validation).Rmse);

    /// <summary>Its row.</summary>
    public void AddTo(TextTable table, RatingParts parts)
    {
        HiddenErrors[] test = [.. Test.Select(of => HiddenErrors.Of(of, parts.Test))];
        table.Add(Name, $"{HeldOut(parts):F4}", WithError(test.Select(e => e.Rmse)), WithError(test.Select(e => e.Mae)),
            double.IsNaN(Seconds) ? "" : NumberText.Short(Seconds, 2));
    }

    static RatingResult Joined(string name, RatingResult[] ways, Func<double[][], double[][], double[]> join)
    {
        int seeds = ways.Max(way => way.Test.Length);
        double[][][] held = [.. Seeds(way => way.Validation)], test = [.. Seeds(way => way.Test)];
        return new(name, [.. held.Select(parts => join(parts, parts))], [.. test.Select((parts, s) => join(held[s], parts))], double.NaN);

        IEnumerable<double[][]> Seeds(Func<RatingResult, double[][]> of) =>
            Enumerable.Range(0, seeds).Select(s => (double[][])[.. ways.Select(way => of(way)[Math.Min(s, of(way).Length - 1)])]);
    }

    static double[] Means(double[][] seeds) => [.. seeds[0].Select((_, n) => seeds.Average(of => of[n]))];

    static string WithError(IEnumerable<double> values)
    {
        var score = new Score([.. values]);
        return score.PerRow.Count == 1 ? $"{score.Mean:F4}" : $"{score.Mean:F4} ± {score.StandardError:F4}";
    }
}
