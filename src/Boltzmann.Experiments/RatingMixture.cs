namespace Boltzmann.Experiments;

/// <summary>A weighted sum of predictions, its weights and constant by least squares on ratings set aside.</summary>
sealed class RatingMixture
{
    /// <param name="parts">Predictions of each part, in the order of the ratings.</param>
    /// <param name="ratings">What they are of.</param>
    public RatingMixture(IReadOnlyList<double[]> parts, RatingList ratings)
    {
        int size = parts.Count + 1;
        double[][] squares = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        Weights = new double[size];
        for (int n = 0; n < ratings.Count; n++)
        {
            double Part(int i) => i < parts.Count ? parts[i][n] : 1;
            for (int i = 0; i < size; i++)
            {
                Weights[i] += Part(i) * ratings.Values[n];
                for (int j = 0; j <= i; j++) squares[i][j] += Part(i) * Part(j);
            }
        }
        new CholeskyFactor(squares).Solve(Weights);
    }

    /// <summary>Of each part, and the constant.</summary>
    public double[] Weights { get; }

    /// <summary>The sums of other predictions by the same parts.</summary>
    public double[] Predictions(IReadOnlyList<double[]> parts) =>
        [.. parts[0].Select((_, n) => Weights[^1] + parts.Select((part, i) => Weights[i] * part[n]).Sum())];
}
