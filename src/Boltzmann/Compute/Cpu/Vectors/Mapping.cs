using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination = f(x, p, q, 0), element by element; a parameter that is missing is zero.</summary>
readonly unsafe struct Mapping<TMap>(Operand destination, Operand inputs, Operand first, Operand second) : IKernel
    where TMap : struct, IMap<TMap>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        for (int r = firstRow; r < endRow; r++) Row<TV, T, TO>(r, firstColumn, endColumn - firstColumn, null);
    }

    /// <summary>Some columns of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The first column.</param>
    /// <param name="width">How many.</param>
    /// <param name="words">The random words of these columns; null for zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row<TV, T, TO>(int row, int column, int width, uint* words) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        T* to = destination.Row<T>(row) + column, x = inputs.Row<T>(row) + column;
        T* p = Varying<T>(first, row, column), q = Varying<T>(second, row, column);
        TV constantP = Constant<TV, T, TO>(first, row), constantQ = Constant<TV, T, TO>(second, row);
        for (nint c = 0; c < width; c += TO.Count)
        {
            TV pAt = p == null ? constantP : TO.Load(p + c), qAt = q == null ? constantQ : TO.Load(q + c);
            TO.Store(Invoke(TO.Load(x + c), pAt, qAt, words == null ? TO.Zero : TO.Uniform(words + c)), to + c);
        }
        Rows.ClearTail<TV, T, TO>(to, width);
    }

    static T* Varying<T>(Operand parameter, int row, int column) where T : unmanaged =>
        parameter.Address == 0 || parameter.OnePerRow ? null : parameter.Row<T>(row) + column;

    static TV Constant<TV, T, TO>(Operand parameter, int row) where T : unmanaged where TO : struct, IVec<TV, T> =>
        parameter.Address != 0 && parameter.OnePerRow ? TO.Splat(*parameter.Row<T>(row)) : TO.Zero;

    // The form for the width at hand; the JIT keeps one of the branches.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TV Invoke<TV>(TV x, TV p, TV q, TV u)
    {
        if (typeof(TV) == typeof(Vector512<float>))
            return Back(TMap.Invoke(As<Vector512<float>>(x), As<Vector512<float>>(p), As<Vector512<float>>(q), As<Vector512<float>>(u)));
        if (typeof(TV) == typeof(Vector256<float>))
            return Back(TMap.Invoke(As<Vector256<float>>(x), As<Vector256<float>>(p), As<Vector256<float>>(q), As<Vector256<float>>(u)));
        if (typeof(TV) == typeof(Vector128<float>))
            return Back(TMap.Invoke(As<Vector128<float>>(x), As<Vector128<float>>(p), As<Vector128<float>>(q), As<Vector128<float>>(u)));
        if (typeof(TV) == typeof(Vector512<double>))
            return Back(TMap.Invoke(As<Vector512<double>>(x), As<Vector512<double>>(p),
                As<Vector512<double>>(q), As<Vector512<double>>(u)));
        if (typeof(TV) == typeof(Vector256<double>))
            return Back(TMap.Invoke(As<Vector256<double>>(x), As<Vector256<double>>(p),
                As<Vector256<double>>(q), As<Vector256<double>>(u)));
        return Back(TMap.Invoke(As<Vector128<double>>(x), As<Vector128<double>>(p),
                As<Vector128<double>>(q), As<Vector128<double>>(u)));

        static TV Back<TVector>(TVector value) => Unsafe.BitCast<TVector, TV>(value);

        static TVector As<TVector>(TV value) => Unsafe.BitCast<TV, TVector>(value);
    }
}
