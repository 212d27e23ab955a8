using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// destination[r, u] = the draw's normal number, by <see cref="Philox.Normal"/>'s formula: √(−2 ln u₁) times the cosine (even rows) or
/// sine (odd rows) of 2πu₂. At most 5 ulp off: the quarter turn is split off exactly, the rest f has |f| ≤ ⅛.
/// </summary>
readonly unsafe struct NormalFill(Operand destination, Draw draw) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        uint* words = stackalloc uint[4 * WordBlock.Units];
        foreach (WordBlock block in new WordBlocks(firstRow, endRow, firstColumn, endColumn))
        {
            TO.Words(words, WordBlock.Units, (uint)block.Column, block.Width, block.Group, draw);
            for (int r = block.FirstRow & ~1; r < block.EndRow; r += 2)
            {
                uint* own = words + (r & 3) * WordBlock.Units;
                T* even = r >= block.FirstRow ? destination.Row<T>(r) + block.Column : null;
                T* odd = r + 1 < block.EndRow ? destination.Row<T>(r + 1) + block.Column : null;
                for (nint c = 0; c < block.Width; c += TO.Count)
                    Pair<TV, T, TO>(own + c, even == null ? null : even + c, odd == null ? null : odd + c);
                if (even != null) Rows.ClearTail<TV, T, TO>(even, block.Width);
                if (odd != null) Rows.ClearTail<TV, T, TO>(odd, block.Width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pair<TV, T, TO>(uint* words, T* even, T* odd) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        TV u1 = TO.Add(TO.Uniform(words), TO.Constant(1.0 / (1 << 24))), u2 = TO.Uniform(words + WordBlock.Units);
        TV radius = TO.Sqrt(TO.Multiply(TO.Constant(-2), Logarithm.Log<TV, T, TO>(u1)));
        // k = 4·u2 rounded, 0…4; the shifter's low bits are not needed, only that it rounds.
        TV shifter = TO.Constant(TO.Shifter), one = TO.Constant(1), two = TO.Constant(2), half = TO.Constant(0.5);
        TV k = TO.Subtract(TO.Add(TO.Multiply(u2, TO.Constant(4)), shifter), shifter);
        TV f = TO.Fma(k, TO.Constant(-0.25), u2);
        SineCosine<TV, T, TO>(f, out TV sine, out TV cosine);
        // Quarter turns: k = 0, 4 → (c, s); 1 → (−s, c); 2 → (−c, −s); 3 → (s, −c). The middle three by distance from 2.
        TV fromHalf = TO.Subtract(k, two);
        TV isTwo = TO.Greater(half, TO.Abs(fromHalf)),
            isOdd = TO.And(TO.Greater(TO.Constant(1.5), TO.Abs(fromHalf)), TO.Greater(TO.Abs(fromHalf), half));
        TV sign = TO.Select(isTwo, TO.Constant(-1), one);
        TV turn = TO.Select(isOdd, fromHalf, sign);                 // −1 for k = 1, +1 for k = 3
        TV x = TO.Multiply(radius, turn), y = TO.Multiply(radius, TO.Select(isOdd, TO.Subtract(TO.Zero, fromHalf), sign));
        if (even != null) TO.Store(TO.Multiply(x, TO.Select(isOdd, sine, cosine)), even);
        if (odd != null) TO.Store(TO.Multiply(y, TO.Select(isOdd, cosine, sine)), odd);
    }

    /// <summary>
    /// sin 2πf and cos 2πf for |f| ≤ ⅛, fitted at Chebyshev nodes in f² (relative error 3e-9 and 7e-11 for float, below 4e-18 for double).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void SineCosine<TV, T, TO>(TV f, out TV sine, out TV cosine) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        TV w = TO.Multiply(f, f), s, c;
        if (typeof(T) == typeof(float))
        {
            s = TO.Constant(-75.4016127);
            s = TO.Fma(s, w, TO.Constant(81.59254287));
            s = TO.Fma(s, w, TO.Constant(-41.34166257));
            c = TO.Constant(59.22016896);
            c = TO.Fma(c, w, TO.Constant(-85.44284467));
            c = TO.Fma(c, w, TO.Constant(64.93931614));
            c = TO.Fma(c, w, TO.Constant(-19.73920865));
            // 2π in two parts, as its rounding would enter each result whole.
            sine = TO.Fma(f, TO.Constant(6.28318548202514648),
                TO.Multiply(f, TO.Fma(s, w, TO.Constant(6.283185288 - 6.28318548202514648))));
        }
        else
        {
            s = TO.Constant(3.780868959302295518);
            s = TO.Fma(s, w, TO.Constant(-15.09380420998711351));
            s = TO.Fma(s, w, TO.Constant(42.05868502016089405));
            s = TO.Fma(s, w, TO.Constant(-76.70585970427455065));
            s = TO.Fma(s, w, TO.Constant(81.60524927594803521));
            s = TO.Fma(s, w, TO.Constant(-41.34170224039963621));
            c = TO.Constant(-1.696849470291882681);
            c = TO.Fma(c, w, TO.Constant(7.903091687751697636));
            c = TO.Fma(c, w, TO.Constant(-26.42625090862213596));
            c = TO.Fma(c, w, TO.Constant(60.24464132886729332));
            c = TO.Fma(c, w, TO.Constant(-85.45681720652271249));
            c = TO.Fma(c, w, TO.Constant(64.93939402266795753));
            c = TO.Fma(c, w, TO.Constant(-19.73920880217871699));
            sine = TO.Fma(f, TO.Constant(6.283185307179586232), TO.Multiply(f, TO.Fma(s, w, TO.Constant(2.4492935982947064e-16))));
        }
        cosine = TO.Fma(c, w, TO.Constant(1));
    }
}
