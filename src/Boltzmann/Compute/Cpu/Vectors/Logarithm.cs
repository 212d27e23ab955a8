using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// log x and log(1 + eˣ), both from log m = 2·artanh(s), s = (m − 1)/(m + 1), for m in [√½, √2]:
/// 2·artanh(s) = 2s + s³·L(s²), L fitted at Chebyshev nodes (error relative to L 1.7e-9 with 4 coefficients, 3e-18 with 8).
/// </summary>
static unsafe class Logarithm
{
    const double Ln2 = 0.693147180559945309417;

    /// <summary>log x for positive normal x: at most 2 ulp off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Log<TV, T, TO>(TV x) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        TV one = TO.Constant(1), m = TO.SplitExponent(x, out TV exponent);
        return TO.Fma(exponent, TO.Constant(Ln2), TwiceArtanh<TV, T, TO>(TO.Divide(TO.Subtract(m, one), TO.Add(m, one))));
    }

    /// <summary>
    /// log(1 + eˣ) = max(x, 0) + log(1 + t), t = e^−|x|: at most 4 ulp off, 0 where t would be subnormal. NaN stays NaN.
    /// For t > √2 − 1, log(1 + t) = ln 2 + log((1 + t)/2). Neither 1 + t nor (1 + t)/2 is formed, so that nothing is lost for small t.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Softplus<TV, T, TO>(TV x) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        TV one = TO.Constant(1), t = Exponential.OfNegative<TV, T, TO>(TO.Subtract(TO.Zero, TO.Abs(x)));
        TV large = TO.Greater(t, TO.Constant(0.41421356237309504));
        TV numerator = TO.Select(large, TO.Subtract(t, one), t);
        TV denominator = TO.Add(t, TO.Select(large, TO.Constant(3), TO.Constant(2)));
        TV rest = TwiceArtanh<TV, T, TO>(TO.Divide(numerator, denominator));
        return TO.Add(TO.Max(TO.Zero, x), TO.Add(TO.Select(large, TO.Constant(Ln2), TO.Zero), rest));
    }

    /// <summary>2·artanh(s) for |s| ≤ 0.172.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TV TwiceArtanh<TV, T, TO>(TV s) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        TV square = TO.Multiply(s, s), p;
        if (typeof(T) == typeof(float))
        {
            p = TO.Constant(0.2333161447);
            p = TO.Fma(p, square, TO.Constant(0.2855077863));
            p = TO.Fma(p, square, TO.Constant(0.4000012221));
            p = TO.Fma(p, square, TO.Constant(0.6666666655));
        }
        else
        {
            p = TO.Constant(0.1308803485092755383);
            p = TO.Fma(p, square, TO.Constant(0.1326863836926682388));
            p = TO.Fma(p, square, TO.Constant(0.1538624473762166661));
            p = TO.Fma(p, square, TO.Constant(0.1818179554752113623));
            p = TO.Fma(p, square, TO.Constant(0.222222223925810451));
            p = TO.Fma(p, square, TO.Constant(0.2857142857079978503));
            p = TO.Fma(p, square, TO.Constant(0.4000000000000088324));
            p = TO.Fma(p, square, TO.Constant(0.6666666666666666646));
        }
        return TO.Fma(TO.Multiply(s, square), p, TO.Add(s, s));
    }
}
