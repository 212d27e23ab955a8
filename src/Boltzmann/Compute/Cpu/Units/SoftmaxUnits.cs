using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>draws·softmax(x + b) in each block of categories.</summary>
readonly unsafe struct SoftmaxMean(Operand destination, Operand inputs, Operand bias, int categories, double draws) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        for (int r = firstRow; r < endRow; r++)
        {
            T* to = destination.Row<T>(r);
            Softmax.Exponentials<TV, T, TO>(to, inputs.Row<T>(r), bias.Row<T>(0), endColumn, categories);
            for (int first = 0; first < endColumn; first += categories)
            {
                double factor = draws / Rows.Sum<T, TD, TW>(to + first, categories);
                int c = first, end = first + categories;
                TV factors = TO.Constant(factor);
                for (; c + TO.Count <= end; c += TO.Count) TO.Store(TO.Multiply(factors, TO.Load(to + c)), to + c);
                for (; c < end; c++) to[c] = TO.FromDouble(factor * TO.ToDouble(to[c]));
            }
        }
    }
}

/// <summary>Counts of draws from each block's softmax; cumulative sums in double, searched by halving.</summary>
readonly unsafe struct SoftmaxSample(Operand destination, Operand inputs, Operand bias, int categories, int draws, Draw draw) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        int units = endColumn / categories * draws;
        nint pitch = (units + 31) & ~31;                         // the words come in whole vectors, two at a time
        uint* words = (uint*)Scratch.ForPart(4 * pitch * sizeof(uint) + (nint)categories * sizeof(double));
        double* cumulative = (double*)(words + 4 * pitch);
        for (int r = firstRow; r < endRow; r++)
        {
            if (r == firstRow || (r & 3) == 0) TO.Words(words, pitch, 0, units, (uint)r >> 2, draw);
            uint* word = words + (r & 3) * pitch;
            T* to = destination.Row<T>(r);
            Softmax.Exponentials<TV, T, TO>(to, inputs.Row<T>(r), bias.Row<T>(0), endColumn, categories);
            for (int first = 0; first < endColumn; first += categories)
            {
                double total = 0;
                for (int k = 0; k < categories; k++)
                {
                    cumulative[k] = total += TO.ToDouble(to[first + k]);
                    to[first + k] = default;
                }
                for (int d = 0; d < draws; d++)
                {
                    double target = (*word++ >> 8) * (1.0 / (1 << 24)) * total;
                    int low = 0, high = categories - 1;
                    while (low < high)
                    {
                        int middle = (low + high) >> 1;
                        if (cumulative[middle] <= target) low = middle + 1;
                        else high = middle;
                    }
                    to[first + low] = TO.FromDouble(TO.ToDouble(to[first + low]) + 1);
                }
            }
        }
    }
}

/// <summary>
/// destination[B × 1] += scale·Σ_blocks log Σ_c e^{y_c}, y = x + b: exponentials in the matrices' precision (1 ulp), sums and logarithms in
/// double.
/// </summary>
readonly unsafe struct LogSumExp(Operand destination, Operand inputs, Operand bias, int categories, double scale) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* scratch = (T*)Scratch.ForPart(((nint)endColumn + 16) * sizeof(T));
        for (int r = firstRow; r < endRow; r++)
        {
            T* x = inputs.Row<T>(r), b = bias.Row<T>(0);
            double sum = Softmax.Exponentials<TV, T, TO>(scratch, x, b, endColumn, categories);
            for (int first = 0; first < endColumn; first += categories) sum += Math.Log(Rows.Sum<T, TD, TW>(scratch + first, categories));
            T* to = destination.Row<T>(r);
            *to = TO.FromDouble(TO.ToDouble(*to) + scale * sum);
        }
    }
}

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
