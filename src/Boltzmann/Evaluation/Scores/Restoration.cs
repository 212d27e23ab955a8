namespace Boltzmann.Evaluation;

/// <summary>How near restored rows (completed, cleaned of noise) come to the true ones, over the units that count.</summary>
public static class Restoration
{
    /// <summary>Mean over units of (true − restored)², for each row.</summary>
    /// <param name="truth">[N × units].</param>
    /// <param name="restored">[N × units].</param>
    /// <param name="counted">1 for units that count, 0 for the others, [1 × units]; null for all.</param>
    /// <exception cref="ArgumentException">Shapes differ, or no unit counts.</exception>
    public static Score SquaredError(Matrix truth, Matrix restored, Matrix? counted = null) =>
        PerRow(truth, restored, counted, (x, y) => (x - y) * (x - y), isMean: true);

    /// <summary>
    /// Σ over units of x·log m + (1 − x)·log(1 − m), for each row and in nats: the log-probability of the true values x if every unit were
    /// on independently with the restored mean m. For two-valued units 0 and 1, or grey values between. Means are kept inside [10⁻⁶, 1 −
    /// 10⁻⁶].
    /// </summary>
    /// <remarks>
    /// Of averaged conditional means it is the sum of the units' own log p(x_i | known), not log p(all of them | known): it ignores how
    /// units depend on each other, which
    /// <see cref="ConditionalLikelihood"/> measures.
    /// </remarks>
    /// <inheritdoc cref="SquaredError"/>
    public static Score LogProbability(Matrix truth, Matrix restored, Matrix? counted = null) => PerRow(truth, restored, counted, (x, y) =>
    {
        double m = Math.Clamp(y, 1e-6, 1 - 1e-6);
        return x * Math.Log(m) + (1 - x) * Math.Log(1 - m);
    }, isMean: false);

    /// <summary>10·log₁₀(peak²/MSE), in decibels, of the mean squared error of all rows.</summary>
    /// <param name="squaredError">From <see cref="SquaredError"/>.</param>
    /// <param name="peak">The range of values.</param>
    public static double PeakSignalToNoise(Score squaredError, double peak = 1) => 10 * Math.Log10(peak * peak / squaredError.Mean);

    static Score PerRow(Matrix truth, Matrix restored, Matrix? counted, Func<double, double, double> measure, bool isMean)
    {
        if (truth.Rows != restored.Rows || truth.Columns != restored.Columns)
            throw new ArgumentException($"true rows are {truth.Shape}, but restored ones {restored.Shape}");
        if (counted is not null && (counted.Rows != 1 || counted.Columns != truth.Columns))
            throw new ArgumentException($"rows are {truth.Shape}, but the units that count {counted.Shape}");
        double[]? weights = counted?.ReadRow(0);
        int[] units = [.. Enumerable.Range(0, truth.Columns).Where(c => weights is null || weights[c] != 0)];
        if (units.Length == 0) throw new ArgumentException("no unit counts");
        double[] values = new double[truth.Rows], x = new double[truth.Columns], y = new double[truth.Columns];
        for (int r = 0; r < values.Length; r++)
        {
            truth.ReadRow(r, x);
            restored.ReadRow(r, y);
            double sum = 0;
            foreach (int c in units) sum += measure(x[c], y[c]);
            values[r] = isMean ? sum / units.Length : sum;
        }
        return new(values);
    }
}
