using System.Runtime.CompilerServices;

namespace Boltzmann.Compute;

/// <summary>
/// The Gaussian restricted to x ≥ 0, density ∝ exp(−γx²/2 + yx), γ > 0: log-normaliser, moments and quantiles, in double precision.
/// All follow from the standard case t = x√γ with density ∝ φ(t + z), z = −y/√γ.
/// </summary>
/// <remarks>
/// For z ≥ 0, three functions are smooth and bounded in u = (z − 4)/(z + 4), which maps [0, ∞] to [−1, 1], and are given by polynomials in
/// u fitted at Chebyshev nodes with 60 digits (relative error about 1e-16 each, the idea of Shepherd and Laframboise 1981):
/// (1 + z)·m(z) with Mills' ratio m = Q/φ, (1 + z)·E[t] and (1 + z)²·E[t²]. So nothing cancels for large z, where E[t] = 1/m − z would.
/// For z &lt; 0, Q(z) = 1 − φ(z)·m(−z) is between ½ and 1 and the hazard h = φ/Q gives E[t] = h − z, E[t²] = 1 − z·E[t], sums of positive
/// terms.
/// </remarks>
static class Rectified
{
    const double Centre = 4, SqrtTwoPi = 2.5066282746310005, LogSqrtTwoPi = 0.91893853320467274;

    /// <summary>log ∫₀^∞ exp(−γx²/2 + yx) dx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LogNormalizer(double y, double precision)
    {
        double z = -y / Math.Sqrt(precision);
        double log = z < 0 ? 0.5 * z * z + LogSqrtTwoPi + Scalar.LogOnePlus(-LowerTail(z)) : Math.Log(Mills(z));
        return log - 0.5 * Math.Log(precision);
    }

    /// <summary>E[x] and E[x²]; E[x²] ≥ E[x]² in the last bit, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Mean, double Second) Moments(double y, double precision)
    {
        double root = Math.Sqrt(precision), z = -y / root, mean, second;
        if (z < 0)
        {
            mean = Hazard(z) - z;
            second = 1 - z * mean;
        }
        else
        {
            double u = Map(z), one = 1 / (1 + z);
            mean = Polynomial(u, MeanCoefficients) * one;
            second = Polynomial(u, SecondCoefficients) * one * one;
        }
        mean /= root;
        return (mean, Math.Max(second / precision, mean * mean));
    }

    /// <summary>The x with P(X ≤ x) = u, for u in [0, 1). Absolute error a few 1e-16 of the larger of x and |z|/√γ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Quantile(double u, double y, double precision)
    {
        double root = Math.Sqrt(precision), z = -y / root;
        if (u <= 0 || double.IsPositiveInfinity(z)) return 0;
        return (z < 0 ? Math.Max(0, Central(u, z)) : Tail(u, z)) / root;
    }

    /// <summary>
    /// For z ≥ 0: log Q(z + t) = log Q(z) + log(1 − u), by Halley's method, which triples the digits. It is solved for t and not for z + t,
    /// of which t is a vanishing part. The start replaces the hazard, which rises from h(z) with slope below 1, by h(z) + t/2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Tail(double u, double z)
    {
        double log = -Scalar.LogOnePlus(-u), mills = Mills(z), hazard = 1 / mills;
        double t = 2 * log / (hazard + Math.Sqrt(hazard * hazard + 2 * log));
        for (int i = 0; i < 3; i++)
        {
            double w = z + t, here = Mills(w), h = 1 / here;
            // f = log Q(z + t) − log Q(z) + log, f′ = −h, f″ = −h(h − w).
            double f = Math.Log(here / mills) - t * (z + 0.5 * t) + log;
            double step = f / h;
            t += step / (1 + 0.5 * step * (h - w));
        }
        return t;
    }

    /// <summary>
    /// For z &lt; 0: the nearer tail's probability s at the quantile w = z + t is formed without cancellation; the crude inverse of
    /// Hastings (Abramowitz and Stegun 26.2.23, error 4.5e-4) and two steps of Halley's method on log Q give w.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Central(double u, double z)
    {
        double below = LowerTail(z), lower = below + u * (1 - below), upper = (1 - u) * (1 - below), s = Math.Min(lower, upper);
        double log = Math.Log(s), r = Math.Sqrt(-2 * log);
        double w = r - (2.515517 + r * (0.802853 + r * 0.010328)) / (1 + r * (1.432788 + r * (0.189269 + r * 0.001308)));
        w = Math.Max(0, w);
        for (int i = 0; i < 2; i++)
        {
            double mills = Mills(w), h = 1 / mills;
            double step = (Math.Log(mills) - 0.5 * w * w - LogSqrtTwoPi - log) / h;
            w += step / (1 + 0.5 * step * (h - w));
        }
        return (lower < upper ? -w : w) - z;
    }

    /// <summary>φ(z)/Q(z) for z &lt; 0.</summary>
    static double Hazard(double z) => Math.Exp(-0.5 * z * z) / (SqrtTwoPi * (1 - LowerTail(z)));

    /// <summary>1 − Q(z) for z &lt; 0.</summary>
    static double LowerTail(double z) => Math.Exp(-0.5 * z * z) / SqrtTwoPi * Mills(-z);

    /// <summary>Q(z)/φ(z) for z ≥ 0 (and a little below).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Mills(double z) => Polynomial(Map(z), MillsCoefficients) / (1 + z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Map(double z) => 1 - 2 * Centre / (z + Centre);

    /// <summary>Even and odd powers apart: half the latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Polynomial(double u, double[] coefficients)
    {
        double square = u * u, even = 0, odd = 0;
        int i = coefficients.Length - 1;
        if ((i & 1) == 0) even = coefficients[i--];
        for (; i > 0; i -= 2)
        {
            odd = Math.FusedMultiplyAdd(odd, square, coefficients[i]);
            even = Math.FusedMultiplyAdd(even, square, coefficients[i - 1]);
        }
        return Math.FusedMultiplyAdd(odd, u, even);
    }

    static readonly double[] MillsCoefficients =
    [
        1.183261914567803302, -0.242399670521807404, 0.03509188023476310605, 0.07169048120137538745, -0.08070800967977464934,
        0.04495912907867167405, -0.01253910360687495326, -0.0007159509243913180198, 0.001741848643021832927, -0.000236701632103262157,
        -0.0002202148306432963674, 0.00005326645716361316888, 0.00003415612322463765853, -8.604849523997265253e-6, -6.546957883108190416e-6,
        1.017202910514334217e-6, 1.380622699992446491e-6, -5.540543966207068588e-10, -2.7631507997875555e-7, -4.673144911676017588e-8,
        4.373269691351003451e-8, 1.443413241706174948e-8, -3.876203727928101784e-9, -1.81867429256959552e-9,
    ];

    static readonly double[] MeanCoefficients =
    [
        1.128035722447355364, -0.06205637998113548741, -0.1921037481908337489, 0.1929324688789715909, -0.06107108420352685969,
        -0.03076939201791835654, 0.03242420505717472225, -0.001129086189823060936, -0.01060553917050096226, 0.003292661252268691711,
        0.002752039221299851843, -0.001693717712426101954, -0.0005603950341127853515, 0.0006390165951763686601, 0.0000687856982662283122,
        -0.0002024694703017801402, 9.092377311851648274e-6, 0.00005538264924731066708, -0.0000100519191348516409,
            -0.00001286520764436133011,
        4.307608660948105077e-6, 2.393855835481708056e-6, -1.286232402588242329e-6, -3.14547041957055989e-7, 2.591874182191717169e-7,
        2.149335897334697134e-8, -2.64455428023638435e-8,
    ];

    static readonly double[] SecondCoefficients =
    [
        2.439285551052892725, 0.0225555834131473695, -1.102723930381747752, 0.8053436801214180452, 0.06623894884533389399,
        -0.418392874012511331, 0.1659647574632361774, 0.1045622537136370836, -0.09768917706423534232, -0.01286753430560625529,
        0.03881470906178303344, -0.003205927583565364024, -0.01284461829468375016, 0.002993680757984991677, 0.003734276643937965605,
        -0.00134488429257011724, -0.0009572574212342499939, 0.000460065376370157257, 0.0002066543243716060505, -0.0001288844267084924817,
        -0.00003130767685136616618, 0.000029469345228345674, 5.311665068369876396e-8, -5.227885894691838696e-6, 1.856470139553797315e-6,
        6.400043454410206018e-7, -5.881599210575326075e-7, -4.02252751791073205e-8, 7.202032797424186854e-8,
    ];
}
