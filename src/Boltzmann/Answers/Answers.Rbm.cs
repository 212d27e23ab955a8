namespace Boltzmann;

/// <content>Features, reconstructions, and the machine as binary factor analysis.</content>
public static partial class Answers
{
    /// <param name="rbm">The machine.</param>
    extension(Rbm rbm)
    {
        /// <summary>E[h|v]: deterministic features, [B × H].</summary>
        public Matrix Transform(Matrix visible)
        {
            Matrix hidden = visible.Like(visible.Rows, rbm.Hidden.Units);
            rbm.SetHiddenMean(visible, hidden);
            return hidden;
        }

        /// <summary>
        /// E[v | h = E[h|v]]: the mean-field reconstruction, [B × V]. For stochastic ones see <see cref="Rbm.SampleHidden"/>.
        /// </summary>
        public Matrix Reconstruct(Matrix visible)
        {
            Matrix reconstruction = visible.Like(visible.Rows, rbm.Visible.Units);
            rbm.SetVisibleMean(rbm.Transform(visible), reconstruction);
            return reconstruction;
        }

        /// <summary>The loadings of each hidden unit, those with the largest weights first.</summary>
        /// <param name="top">How many visible units to name on each side.</param>
        /// <param name="data">Rows over which activity is averaged; null for none.</param>
        public IReadOnlyList<FactorLoading> Factors(int top = 5, Matrix? data = null)
        {
            double[] bias = rbm.Hidden.Bias.ReadRow(0);
            double[]? activity = null;
            if (data is { Rows: > 0 })
            {
                Matrix means = data.Like(1, rbm.Hidden.Units);
                means.SetColumnSums(rbm.Transform(data), scale: 1.0 / data.Rows);
                activity = means.ReadRow(0);
            }
            double[,] weights = rbm.Weights.ToArray();
            var loadings = new FactorLoading[rbm.Hidden.Units];
            for (int h = 0; h < loadings.Length; h++)
            {
                var sorted = Enumerable.Range(0,
                    rbm.Visible.Units).Select(v => (Visible: v, Weight: weights[v, h])).OrderByDescending(w => w.Weight).ToArray();
                loadings[h] = new(h, bias[h], Math.Sqrt(sorted.Sum(w => w.Weight * w.Weight)), activity?[h] ?? double.NaN,
                    [.. sorted.Take(top).Where(w => w.Weight > 0)], [.. sorted.Reverse().Take(top).Where(w => w.Weight < 0)]);
            }
            return [.. loadings.OrderByDescending(l => l.Norm)];
        }
    }
}
