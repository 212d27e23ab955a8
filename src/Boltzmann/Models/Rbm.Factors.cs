namespace Boltzmann;

/// <content>The machine as binary factor analysis.</content>
public sealed partial class Rbm
{
    /// <summary>The loadings of each hidden unit, those with the largest weights first.</summary>
    /// <param name="top">How many visible units to name on each side.</param>
    /// <param name="data">Rows over which activity is averaged; null for none.</param>
    public IReadOnlyList<FactorLoading> Factors(int top = 5, Matrix? data = null)
    {
        double[] bias = Hidden.Bias.ReadRow(0);
        double[]? activity = null;
        if (data is { Rows: > 0 })
        {
            Matrix means = data.Like(1, Hidden.Units);
            means.SetColumnSums(Transform(data), scale: 1.0 / data.Rows);
            activity = means.ReadRow(0);
        }
        double[,] weights = Weights.ToArray();
        var loadings = new FactorLoading[Hidden.Units];
        for (int h = 0; h < loadings.Length; h++)
        {
            var sorted = Enumerable.Range(0,
                Visible.Units).Select(v => (Visible: v, Weight: weights[v, h])).OrderByDescending(w => w.Weight).ToArray();
            loadings[h] = new(h, bias[h], Math.Sqrt(sorted.Sum(w => w.Weight * w.Weight)), activity?[h] ?? double.NaN,
                [.. sorted.Take(top).Where(w => w.Weight > 0)], [.. sorted.Reverse().Take(top).Where(w => w.Weight < 0)]);
        }
        return [.. loadings.OrderByDescending(l => l.Norm)];
    }
}
