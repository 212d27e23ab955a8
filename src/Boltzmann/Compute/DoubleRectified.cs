using System.Runtime.CompilerServices;

namespace Boltzmann.Compute;

/// <summary>
/// Two half-normals that meet at 0, density ∝ exp(yx − κ|x| − ½γ₊x₊² − ½γ₋x₋²) with x₊ = max(x, 0), x₋ = min(x, 0) and γ₊, γ₋ &gt; 0:
/// log-normaliser, moments and draws, in double precision, each from those of the two halves (<see cref="Rectified"/>).
/// </summary>
static class DoubleRectified
{
    /// <summary>log ∫ of the density over all x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LogNormalizer(double y, double kink, double upper, double lower)
    {
        double above = Rectified.LogNormalizer(y - kink, upper), below = Rectified.LogNormalizer(-y - kink, lower);
        return Math.Max(above, below) + Scalar.LogOnePlus(Math.Exp(-Math.Abs(above - below)));
    }

    /// <summary>E[x], E[|x|], E[x₊²] and E[x₋²].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Mean, double Magnitude, double UpperSquare, double LowerSquare) Moments(double y, double kink, double upper,
        double lower)
    {
        double below = ShareBelow(y, kink, upper, lower), above = 1 - below;
        var (mean, square) = Rectified.Moments(y - kink, upper);
        var (lowerMean, lowerSquare) = Rectified.Moments(-y - kink, lower);
        double a = above * mean, b = below * lowerMean;
        return (a - b, a + b, above * square, below * lowerSquare);
    }

    /// <summary>A draw by a uniform number in [0, 1): which half, and by the rest of it the quantile of that half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Draw(double u, double y, double kink, double upper, double lower)
    {
        double below = ShareBelow(y, kink, upper, lower);
        return u < below ? -Rectified.Quantile(u / below, -y - kink, lower)
            : Rectified.Quantile((u - below) / (1 - below), y - kink, upper);
    }

    /// <summary>P(x &lt; 0).</summary>
    static double ShareBelow(double y, double kink, double upper, double lower)
    {
        double difference = Rectified.LogNormalizer(y - kink, upper) - Rectified.LogNormalizer(-y - kink, lower);
        return 1 / (1 + Math.Exp(difference));
    }
}
