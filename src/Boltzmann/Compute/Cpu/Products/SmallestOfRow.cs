using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// The k smallest of each row so far, merged with candidates: a vector of them is looked at one by one only if any lies below the greatest
/// that is kept, which after the first few hundred is rare.
/// </summary>
readonly unsafe struct SmallestOfRow(Operand values, Operand indices, int kept, Operand candidates, Operand offsets,
    double firstIndex) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        int n = TO.Count, last = kept - 1;
        T* lanes = stackalloc T[n];
        for (int r = firstRow; r < endRow; r++)
        {
            T* value = values.Row<T>(r), index = indices.Row<T>(r), x = candidates.Row<T>(r), b = offsets.Row<T>(0);
            TV greatest = TO.Splat(value[last]);
            for (int c = 0; c < endColumn; c += n)
            {
                TV sums = TO.Add(TO.Load(x + c), TO.Load(b + c));
                if (!TO.AnyGreater(greatest, sums)) continue;
                TO.Store(sums, lanes);
                for (int i = 0; i < n && c + i < endColumn; i++)     // not what lies behind the last column
                {
                    double sum = TO.ToDouble(lanes[i]);
                    if (!(sum < TO.ToDouble(value[last]))) continue;
                    int place = last;
                    for (; place > 0 && TO.ToDouble(value[place - 1]) > sum; place--)
                        (value[place], index[place]) = (value[place - 1], index[place - 1]);
                    (value[place], index[place]) = (lanes[i], TO.FromDouble(firstIndex + c + i));
                }
                greatest = TO.Splat(value[last]);
            }
        }
    }
}
