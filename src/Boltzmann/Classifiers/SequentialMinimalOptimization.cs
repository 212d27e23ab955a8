namespace Boltzmann.Classifiers;

/// <summary>
/// Sequential minimal optimisation (Platt 1998) of the dual of a support vector machine of two classes, the two weights to change chosen by
/// second-order information (Fan, Chen and Lin 2005, algorithm 2).
/// </summary>
/// <remarks>
/// With w_s = α_s y_s and f_t = y_t − Σ_s w_s K_ts, the slope of the dual along w_t, w is optimal when no weight that may grow has a slope
/// above that of one that may fall. A step moves δ from w_j to w_i: δ = (f_i − f_j)/(K_ii + K_jj − 2K_ij), cut where either meets its
/// bound, and f falls by δ(K_i − K_j).
/// </remarks>
static class SequentialMinimalOptimization
{
    /// <summary>Curvatures below this count as this: equal rows have none.</summary>
    const double LeastCurvature = 1e-12;

    /// <summary>Steps after which a problem counts as unsolvable, as in LIBSVM.</summary>
    public static int MostSteps(int count) => Math.Max(10_000_000, (int)Math.Min(int.MaxValue, 100L * count));

    /// <summary>The weights α·y, the bias of the decision value, and the dual objective reached.</summary>
    public sealed record Solution(double[] Weights, double Bias, double DualObjective);

    /// <summary>
    /// Solves for rows of which the first <paramref name="positives"/> have y = 1 and the others −1; null if that takes too many steps.
    /// </summary>
    public static Solution? Solve(GaussianKernelRows kernel, int positives, double c, double tolerance)
    {
        int n = kernel.Count;
        double[] weights = new double[n], slopes = new double[n], rowI = new double[kernel.Width], rowJ = new double[kernel.Width];
        for (int t = 0; t < n; t++) slopes[t] = t < positives ? 1 : -1;
        for (int step = 0; step < MostSteps(n); step++)
        {
            int i = -1;
            double most = double.NegativeInfinity;
            for (int t = 0; t < n; t++)
                if (slopes[t] > most && weights[t] < Upper(t)) (i, most) = (t, slopes[t]);
            if (i < 0) return Finish();
            kernel.Read(i, rowI);

            int j = -1;
            double least = double.PositiveInfinity, best = 0;
            for (int t = 0; t < n; t++)
            {
                double difference = most - slopes[t];
                if (!(weights[t] > Lower(t))) continue;
                if (slopes[t] < least) least = slopes[t];
                if (!(difference > 0)) continue;
                double gain = difference * difference / Curvature(rowI[t]);
                if (gain > best) (j, best) = (t, gain);
            }
            if (j < 0 || most - least < tolerance) return Finish();
            kernel.Read(j, rowJ);

            double up = Upper(i) - weights[i], down = weights[j] - Lower(j), move = (most - slopes[j]) / Curvature(rowI[j]);
            // A weight that meets its bound is set to it, so that it is known to be there.
            move = Math.Min(move, Math.Min(up, down));
            weights[i] = move == up ? Upper(i) : weights[i] + move;
            weights[j] = move == down ? Lower(j) : weights[j] - move;
            for (int t = 0; t < n; t++) slopes[t] -= move * (rowI[t] - rowJ[t]);
        }
        return null;

        double Upper(int t) => t < positives ? c : 0;

        double Lower(int t) => t < positives ? 0 : -c;

        static double Curvature(double kernelValue) => Math.Max(2 - 2 * kernelValue, LeastCurvature);

        // The slopes of weights between their bounds are all the bias; without any, it lies between those that may grow and those that may
        // fall.
        Solution Finish()
        {
            double sum = 0, dual = 0, most = double.NegativeInfinity, least = double.PositiveInfinity;
            int free = 0;
            for (int t = 0; t < n; t++)
            {
                // ½Σ(|w| + w·f) = Σα − ½ΣΣwwK
                dual += 0.5 * (Math.Abs(weights[t]) + weights[t] * slopes[t]);
                bool mayGrow = weights[t] < Upper(t), mayFall = weights[t] > Lower(t);
                if (mayGrow && mayFall) (sum, free) = (sum + slopes[t], free + 1);
                else if (mayGrow) most = Math.Max(most, slopes[t]);
                else least = Math.Min(least, slopes[t]);
            }
            return new(weights, free > 0 ? sum / free : (most + least) / 2, dual);
        }
    }
}
