namespace Boltzmann.Data;

/// <summary>The standard normal distribution function Φ and its inverse, in double precision.</summary>
static class NormalDistribution
{
    /// <summary>Φ(z), to a relative error of about 1e-15 in both tails (complementary error function by the continued fraction of Lentz
    /// beyond 3, by the series of Φ before).</summary>
    public static double Cdf(double z)
    {
        if (double.IsNaN(z)) return z;
        double x = Math.Abs(z), tail;
        if (x < 3)
        {
            // Φ(x) = ½ + φ(x)·Σ x^(2k+1)/(1·3·…·(2k+1)): all terms are positive.
            double term = x, sum = x;
            for (int k = 1; term > 1e-17 * sum; k++) sum += term *= x * x / (2 * k + 1);
            tail = 0.5 - Density(x) * sum;
        }
        else
        {
            // 1 − Φ(x) = φ(x)/(x + 1/(x + 2/(x + 3/(x + …)))).
            double fraction = x;
            for (int k = 200; k > 0; k--) fraction = x + k / fraction;
            tail = Density(x) / fraction;
        }
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The z with Φ(z) = p: a rational start (Abramowitz and Stegun 26.2.23) and Newton steps to rounding.</summary>
    /// <param name="p">Between 0 and 1, both exclusive.</param>
    public static double Quantile(double p)
    {
        if (p > 0.5) return -Quantile(1 - p);
        double t = Math.Sqrt(-2 * Math.Log(p));
        double z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
        for (int step = 0; step < 4; step++)
        {
            // Halley: Φ'' = −zφ.
            double error = (Cdf(z) - p) / Density(z);
            z -= error / (1 + z * error / 2);
        }
        return z;
    }

    static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
