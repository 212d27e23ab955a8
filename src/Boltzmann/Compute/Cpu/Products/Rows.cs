using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Steps that several kernels share.</summary>
static unsafe class Rows
{
    /// <summary>Makes the lanes behind the last column zero again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ClearTail<TV, T, TO>(T* row, int columns) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        int rest = columns & (TO.Count - 1);
        if (rest == 0) return;
        T* last = row + (columns - rest);
        TO.Store(TO.And(TO.FirstLanes(rest), TO.Load(last)), last);
    }

    /// <summary>Σ values, in double: four vectors of partial sums, added in an order that depends on the count alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum<T, TD, TW>(T* values, int count) where T : unmanaged where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        TD s0 = TW.Zero, s1 = TW.Zero, s2 = TW.Zero, s3 = TW.Zero;
        int n = TW.Count, i = 0;
        for (; i + 4 * n <= count; i += 4 * n)
        {
            s0 = TW.Add(s0, TW.Widen(values + i));
            s1 = TW.Add(s1, TW.Widen(values + i + n));
            s2 = TW.Add(s2, TW.Widen(values + i + 2 * n));
            s3 = TW.Add(s3, TW.Widen(values + i + 3 * n));
        }
        for (; i + n <= count; i += n) s0 = TW.Add(s0, TW.Widen(values + i));
        double sum = TW.Sum(TW.Add(TW.Add(s0, s1), TW.Add(s2, s3)));
        for (; i < count; i++) sum += typeof(T) == typeof(float) ? Conversion.Widen(*(float*)(values + i)) : *(double*)(values + i);
        return sum;
    }
}
