namespace Boltzmann.Evaluation;

/// <summary>
/// Whether predicted probabilities mean what they say: rows are gathered by the probability of their most probable class and compared with
/// how often that was right.
/// </summary>
/// <param name="Bins">From low to high confidence, those with rows only.</param>
/// <param name="ExpectedCalibrationError">Mean of |confidence − accuracy| over rows, by bins (Naeini, Cooper and Hauskrecht 2015).</param>
public sealed record Reliability(IReadOnlyList<ReliabilityBin> Bins, double ExpectedCalibrationError)
{
    /// <summary>Judges probabilities.</summary>
    /// <param name="probabilities">One row per example, one entry per class.</param>
    /// <param name="labels">True classes.</param>
    /// <param name="bins">Bins of equal width between 0 and 1.</param>
    public static Reliability Of(IReadOnlyList<double[]> probabilities, int[] labels, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (probabilities.Count != labels.Length)
            throw new ArgumentException($"{labels.Length} labels do not fit {probabilities.Count} rows of probabilities");
        var confidence = new double[bins];
        int[] right = new int[bins], count = new int[bins];
        for (int r = 0; r < labels.Length; r++)
        {
            double[] row = probabilities[r];
            int best = Array.IndexOf(row, row.Max()), bin = Math.Clamp((int)(row[best] * bins), 0, bins - 1);
            confidence[bin] += row[best];
            count[bin]++;
            if (best == labels[r]) right[bin]++;
        }
        var filled = new List<ReliabilityBin>();
        for (int b = 0; b < bins; b++)
            if (count[b] > 0) filled.Add(new(confidence[b] / count[b], (double)right[b] / count[b], count[b]));
        return new(filled, filled.Sum(b => b.Count * Math.Abs(b.Confidence - b.Accuracy)) / labels.Length);
    }
}
