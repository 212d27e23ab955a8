using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>The part that the softmax operations share.</summary>
static unsafe class Softmax
{
    /// <summary>
    /// to = e^(x + b − the block's maximum) in each block; returns the sum of the maxima. First the differences are written block by block,
    /// then all exponentials are taken in whole vectors, whatever the size of the blocks. Zeros follow the last column, up to a whole
    /// vector.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Exponentials<TV, T, TO>(T* to, T* x, T* b, int columns, int categories) where T : unmanaged where TO : struct,
        IVec<TV, T>
    {
        int n = TO.Count;
        T* lanes = stackalloc T[n];
        double tops = 0;
        for (int first = 0; first < columns; first += categories)
        {
            int c = first, end = first + categories;
            double top = double.NegativeInfinity;
            if (categories >= n)
            {
                TV greatest = TO.Add(TO.Load(x + c), TO.Load(b + c));
                for (c += n; c + n <= end; c += n) greatest = TO.Max(greatest, TO.Add(TO.Load(x + c), TO.Load(b + c)));
                TO.Store(greatest, lanes);
                for (int i = 0; i < n; i++) top = double.MaxNative(top, TO.ToDouble(lanes[i]));
            }
            for (; c < end; c++) top = double.MaxNative(top, TO.ToDouble(TO.FromDouble(TO.ToDouble(x[c]) + TO.ToDouble(b[c]))));
            tops += top;
            c = first;
            TV greatestOfAll = TO.Constant(top);
            for (; c + n <= end; c += n) TO.Store(TO.Subtract(TO.Add(TO.Load(x + c), TO.Load(b + c)), greatestOfAll), to + c);
            for (; c < end; c++) to[c] = TO.FromDouble(TO.ToDouble(x[c]) + TO.ToDouble(b[c]) - top);
        }
        for (int c = 0; c < columns; c += n) TO.Store(Exponential.OfNegative<TV, T, TO>(TO.Load(to + c)), to + c);
        Rows.ClearTail<TV, T, TO>(to, columns);
        return tops;
    }
}
