namespace Boltzmann.Estimators;

/// <summary>What a cross-validation found.</summary>
/// <param name="PerFold">The score of each held-out fold: accuracy, R².</param>
public sealed record FoldScores(IReadOnlyList<double> PerFold)
{
    /// <summary>Their mean.</summary>
    public double Mean => PerFold.Average();

    /// <summary>Their spread over folds (over n − 1).</summary>
    public double StandardDeviation => Math.Sqrt(PerFold.Sum(score => (score - Mean) * (score - Mean)) / (PerFold.Count - 1));

    /// <summary>"0.953 ± 0.012 over 5 folds".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Mean:F3} ± {StandardDeviation:F3} over {PerFold.Count} folds");
}
