using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// eˣ and σ(x). With x = n·ln 2 + r, |r| ≤ ½ ln 2: eˣ = 2ⁿ(1 + q), q = eʳ − 1 = r·P(r). P was fitted at Chebyshev nodes
/// (relative error 1.2e-8 with 6 coefficients, 2e-17 with 11); ln 2 is split so that n·(its upper part) is exact (Cody and Waite 1980).
/// </summary>
static unsafe class Exponential
{
    /// <summary>The least x whose exponential is a normal number (e^−x is finite, too): below it, exponentials count as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Lowest<T>() => typeof(T) == typeof(float) ? -87.33 : -708.39;

    /// <summary>eˣ for x ≤ 0, 0 below <see cref="Lowest"/>. At most 1 ulp off; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV OfNegative<TV, T, TO>(TV x) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        TV lowest = TO.Constant(Lowest<T>());
        TV q = PowerAndRest<TV, T, TO>(TO.Max(lowest, x), 1, out TV power);
        return TO.Select(TO.Greater(lowest, x), TO.Zero, TO.Fma(power, q, power));
    }

    /// <summary>
    /// 1/(1 + e⁻ˣ) as 1/fma(2ⁿ, q, 1 + 2ⁿ), which saves a rounding: at most 2.5 ulp off in single precision and 3 in double.
    /// 0 below <see cref="Lowest"/>, where it would be subnormal; NaN stays NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Logistic<TV, T, TO>(TV x) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        TV lowest = TO.Constant(Lowest<T>()), one = TO.Constant(1);
        TV bounded = TO.Min(TO.Constant(-Lowest<T>()), TO.Max(lowest, x));
        TV q = PowerAndRest<TV, T, TO>(bounded, -1, out TV power);
        TV value = TO.Divide(one, TO.Fma(power, q, TO.Add(one, power)));
        return TO.Select(TO.Greater(lowest, x), TO.Zero, value);
    }

    /// <summary>
    /// q = e^(±x − n·ln 2) − 1 and 2ⁿ, for x between ±<see cref="Lowest"/>. The sign goes into the constants, so that it costs nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TV PowerAndRest<TV, T, TO>(TV x, double sign, out TV power) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        TV shifter = TO.Constant(TO.Shifter);
        TV shifted = TO.Fma(x, TO.Constant(sign * 1.4426950408889634), shifter);
        TV n = TO.Subtract(shifted, shifter), r;
        power = TO.PowerOfTwo(shifted);
        if (typeof(T) == typeof(float))
        {
            r = TO.Fma(n, TO.Constant(sign * 2.12194440e-4), TO.Fma(n, TO.Constant(sign * -0.693359375), x));
            TV p = TO.Constant(0.001393373072);
            p = TO.Fma(p, r, TO.Constant(sign * 0.008369220292));
            p = TO.Fma(p, r, TO.Constant(0.0416664642));
            p = TO.Fma(p, r, TO.Constant(sign * 0.1666650461));
            p = TO.Fma(p, r, TO.Constant(0.5000000014));
            // 1 rather than the fitted 1.000000011, which the nearest float is anyway.
            return TO.Multiply(TO.Fma(p, r, TO.Constant(sign)), r);
        }
        r = TO.Fma(n, TO.Constant(sign * -1.90821492927058770002e-10), TO.Fma(n, TO.Constant(sign * -6.93147180369123816490e-01), x));
        TV square = TO.Multiply(r, r);
        // Even and odd powers apart: half the latency.
        TV even = TO.Constant(sign * 2.510531272962210179e-8), odd = TO.Constant(2.762649554643219626e-7);
        even = TO.Fma(even, square, TO.Constant(sign * 2.755725517000088744e-6));
        odd = TO.Fma(odd, square, TO.Constant(0.00002480150401442690507));
        even = TO.Fma(even, square, TO.Constant(sign * 0.0001984126987500227879));
        odd = TO.Fma(odd, square, TO.Constant(0.001388888893275100025));
        even = TO.Fma(even, square, TO.Constant(sign * 0.00833333333332608312));
        odd = TO.Fma(odd, square, TO.Constant(0.04166666666657239146));
        even = TO.Fma(even, square, TO.Constant(sign * 0.1666666666666667103));
        odd = TO.Fma(odd, square, TO.Constant(0.5000000000000005673));
        return TO.Multiply(TO.Fma(TO.Fma(even, r, odd), r, TO.Constant(sign)), r);
    }
}
