using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>A function of two numbers and two constants.</summary>
unsafe interface IFunction
{
    static abstract TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T>;
}

/// <summary>destination = f(a, b), element by element; b may be a row, a column or one number, a and destination the same.</summary>
readonly unsafe struct Elementwise<TFunction>(Operand destination, Operand a, Operand b, double p = 0, double q = 0) : IKernel
    where TFunction : struct, IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        TV first = TO.Constant(p), second = TO.Constant(q);
        int n = TO.Count;
        bool onePerRow = b.OnePerRow;
        for (int r = firstRow; r < endRow; r++)
        {
            T* to = destination.Row<T>(r), x = a.Row<T>(r), y = b.Row<T>(r);
            if (onePerRow)
            {
                TV value = TO.Splat(*y);
                for (nint c = firstColumn; c < endColumn; c += n)
                    TO.Store(TFunction.Invoke<TV, T, TO>(TO.Load(x + c), value, first, second), to + c);
            }
            else
            {
                for (nint c = firstColumn; c < endColumn; c += n)
                    TO.Store(TFunction.Invoke<TV, T, TO>(TO.Load(x + c), TO.Load(y + c), first, second), to + c);
            }
            Rows.ClearTail<TV, T, TO>(to, endColumn);
        }
    }
}

/// <summary>p·a.</summary>
readonly unsafe struct Scaled : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> => TO.Multiply(a, p);
}

/// <summary>p·a + q·b: at most 1.5 ulp of |p·a| + |q·b| off, after p and q have been rounded.</summary>
readonly unsafe struct WeightedSum : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Fma(a, p, TO.Multiply(b, q));
}

/// <summary>a·b.</summary>
readonly unsafe struct Times : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> => TO.Multiply(a, b);
}

/// <summary>a·b⁻¹.</summary>
readonly unsafe struct Over : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> => TO.Divide(a, b);
}

/// <summary>a·√b: at most 1 ulp off.</summary>
readonly unsafe struct TimesRoot : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Multiply(a, TO.Sqrt(b));
}

/// <summary>a/√b: at most 1 ulp off.</summary>
readonly unsafe struct OverRoot : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Divide(a, TO.Sqrt(b));
}

/// <summary>1 where a &gt; b, else 0.</summary>
readonly unsafe struct IsGreater : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Select(TO.Greater(a, b), TO.Constant(1), TO.Zero);
}

/// <summary>The mean of a two-valued unit with input a and bias b: q + p·σ(p(a + b)), p = high − low, q = low.</summary>
readonly unsafe struct TwoState : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Fma(Exponential.Logistic<TV, T, TO>(TO.Multiply(p, TO.Add(a, b))), p, q);
}

/// <summary>The mean of a binary unit with input a and bias b, σ(a + b).</summary>
readonly unsafe struct Binary : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        Exponential.Logistic<TV, T, TO>(TO.Add(a, b));
}

/// <summary>max(0, a + b): NaN stays NaN.</summary>
readonly unsafe struct RectifiedLinear : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Max(TO.Zero, TO.Add(a, b));
}

/// <summary>
/// a·b(1 − b): an error times the slope of the sigmoid where its value is b. At most 2 ulp off, but for the cancellation in 1 − b.
/// </summary>
readonly unsafe struct TimesSigmoidSlope : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Multiply(a, TO.Multiply(b, TO.Subtract(TO.Constant(1), b)));
}

/// <summary>a(1 − b²): an error times the slope of tanh where its value is b.</summary>
readonly unsafe struct TimesTanhSlope : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Multiply(a, TO.Subtract(TO.Constant(1), TO.Multiply(b, b)));
}

/// <summary>a where b &gt; 0, else a·0 (so that NaN and ∞ are not hidden).</summary>
readonly unsafe struct TimesStep : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Multiply(a, TO.Select(TO.Greater(b, TO.Zero), TO.Constant(1), TO.Zero));
}
