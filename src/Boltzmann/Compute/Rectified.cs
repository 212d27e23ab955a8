namespace Boltzmann;

/// <summary>
/// The Gaussian restricted to x ≥ 0, density ∝ exp(−γx²/2 + yx), γ > 0: log-normaliser, moments and quantiles.
/// With z = −y/√γ and the scaled complementary error function erfcx(t) = e^{t²}·erfc(t):
/// log ∫ = log(√(π/2γ)·erfcx(z/√2)), which neither under- nor overflows for z > 0; for z &lt; 0 the factor e^{z²/2} is taken out of the logarithm.
/// </summary>
static class Rectified
{
    static readonly double SqrtHalf = Math.Sqrt(0.5), SqrtHalfPi = Math.Sqrt(Math.PI / 2);

    /// <summary>log ∫₀^∞ exp(−γx²/2 + yx) dx.</summary>
    public static double LogNormalizer(double y, double precision) => LogMills(-y / Math.Sqrt(precision)) - 0.5 * Math.Log(precision);

    /// <summary>E[x] and E[x²].</summary>
    public static (double Mean, double Second) Moments(double y, double precision)
    {
        double root = Math.Sqrt(precision), z = -y / root;
        // For t = x√γ: E[t] = h − z and E[t²] = 1 − z·E[t], with h = 1/mills(z) the hazard. Beyond z = 20 the differences cancel
        // (relative loss z²·ε in E[t], z⁴·ε in E[t²]), so the asymptotic series of the moments is used there.
        double mean, second;
        if (z < 20)
        {
            mean = Hazard(z) - z;
            second = 1 - z * mean;
        }
        else
        {
            double q = 1 / (z * z);
            mean = (1 - q * (2 - q * (10 - q * (74 - q * (706 - q * (8162 - q * 110410)))))) / z;
            second = 2 * q * (1 - q * (5 - q * (37 - q * (353 - q * (4081 - q * 55205)))));
        }
        return (mean / root, second / precision);
    }

    /// <summary>The x with P(X ≤ x) = u, for u in [0, 1).</summary>
    public static double Quantile(double u, double y, double precision)
    {
        double root = Math.Sqrt(precision), z = -y / root;
        // P(T > t) = Q(z + t)/Q(z) = 1 − u. In logs: log Q(w) = log mills(w) − w²/2 − log √(2π). Newton on log Q, which is concave and smooth.
        double target = LogMills(z) - z * z / 2 + Scalar.LogOnePlus(-u);
        double w = Start(z, u, target);
        for (int i = 0; i < 60; i++)
        {
            double step = (LogMills(w) - w * w / 2 - target) / Hazard(w);
            w += step;
            if (Math.Abs(step) <= 1e-13 * (1 + Math.Abs(w))) break;
        }
        return Math.Max(0, w - z) / root;
    }

    // From the right tail for large z (exponential approximation), else from the untruncated quantile's crude guess; Newton on the
    // concave log Q converges from the left of the root, and from the right after one step.
    static double Start(double z, double u, double target)
    {
        if (z > 1) return z - Scalar.LogOnePlus(-u) / z / (1 + 1 / (z * z));
        double log = target - Math.Log(2) / 2;
        return log > -1 ? Math.Max(z, -1) : Math.Max(z, Math.Sqrt(Math.Max(0, -2 * log - 2)));
    }

    static double Hazard(double z) => z < -38 ? Math.Exp(-z * z / 2) / (2 * SqrtHalfPi) : Math.Exp(-LogMills(z));

    /// <summary>log(Q(z)/φ(z)) = log(√(π/2)·erfcx(z/√2)).</summary>
    static double LogMills(double z)
    {
        double t = z * SqrtHalf;
        if (t >= 0) return Math.Log(SqrtHalfPi * Erfcx(t));
        // erfcx(−t) = 2e^{t²} − erfcx(t)
        return z * z / 2 + Math.Log(SqrtHalfPi * (2 - Erfcx(-t) * Math.Exp(-t * t)));
    }

    /// <summary>e^{t²}·erfc(t) for t ≥ 0: for t &lt; 2 by the Maclaurin series of e^{t²}·erf(t), beyond by Lentz's continued fraction.</summary>
    static double Erfcx(double t)
    {
        if (t < 2)
        {
            // e^{t²}·erf(t) = 2/√π · Σ 2ᵏ t^{2k+1}/(2k+1)!!: all terms positive; the difference to e^{t²} loses at most 3 digits at t = 2.
            double term = t, sum = t;
            for (int k = 1; term > 1e-17 * sum && k < 200; k++) sum += term *= 2 * t * t / (2 * k + 1);
            return Math.Exp(t * t) - 2 / Math.Sqrt(Math.PI) * sum;
        }
        // erfc(t)·e^{t²}·√π = 1/(t + (1/2)/(t + 1/(t + (3/2)/(t + …)))), evaluated from the back; 120 levels settle 1e-16 at t = 2.
        double tail = t;
        for (int k = 120; k >= 1; k--) tail = t + k * 0.5 / tail;
        return 1 / (tail * Math.Sqrt(Math.PI));
    }
}
