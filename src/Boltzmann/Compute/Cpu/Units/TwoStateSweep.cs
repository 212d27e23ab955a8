using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Units with two values that are joined to each other, one after another: each is drawn by its input (or set to its mean), and its change
/// goes into the inputs of those behind it.
/// </summary>
/// <remarks>
/// Units are taken by blocks. Within a block, inputs follow every change at once; behind it they take all changes of the block in one pass,
/// in the same order, so that every input is summed as by the plain loop. High means uniform &lt; σ(span·y); the generator's numbers become
/// thresholds log(u/(1 − u))/span for y beforehand, a vector at a time.
/// </remarks>
readonly unsafe struct TwoStateSweep(
    Operand states, Operand inputs, Operand bias, Operand weights, double low, double high, double scale, Operand free, bool sampled,
        Draw draw) : IKernel
{
    const int BlockUnits = 32, BandRows = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* thresholds = stackalloc T[BandRows * BlockUnits], steps = stackalloc T[BandRows * BlockUnits];
        int* changed = stackalloc int[BandRows * BlockUnits], counts = stackalloc int[BandRows];
        for (int band = firstRow; band < endRow; band += BandRows)
        {
            int end = Math.Min(endRow, band + BandRows);
            for (int block = 0; block < endColumn; block += BlockUnits)
            {
                int width = Math.Min(BlockUnits, endColumn - block);
                if (sampled) SetThresholds<TV, T, TO>(thresholds, band, end, block, width);
                for (int r = band; r < end; r++)
                {
                    int at = (r - band) * BlockUnits;
                    counts[r - band] = Visit<TV, T, TO>(r, block, width, thresholds + at, steps + at, changed + at);
                }
                Pass<TV, T, TO>(band, end, block, block + BlockUnits, endColumn, steps, changed, counts);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    void SetThresholds<TV, T, TO>(T* thresholds, int band, int end, int block, int width) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        uint* words = stackalloc uint[4 * BlockUnits];
        TV one = TO.Constant(1), factor = TO.Constant(1 / (high - low)), never = TO.Constant(double.NegativeInfinity);
        for (int group = band >> 2; 4 * group < end; group++)
        {
            TO.Words(words, BlockUnits, (uint)block, width, (uint)group, draw);
            for (int r = Math.Max(band, 4 * group); r < Math.Min(end, 4 * group + 4); r++)
            {
                uint* own = words + (r & 3) * BlockUnits;
                T* to = thresholds + (r - band) * BlockUnits;
                for (nint c = 0; c < width; c += TO.Count)
                {
                    TV u = TO.Uniform(own + c);
                    TV logit = TO.Subtract(Logarithm.Log<TV, T, TO>(u), Logarithm.Log<TV, T, TO>(TO.Subtract(one, u)));
                    TO.Store(TO.Select(TO.Greater(u, TO.Zero), TO.Multiply(logit, factor), never), to + c);
                }
            }
        }
    }

    /// <summary>The units of a block in one row; returns how many have changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    int Visit<TV, T, TO>(int row, int block, int width, T* thresholds, T* steps, int* changed) where T : unmanaged where TO : struct,
        IVec<TV, T>
    {
        T* current = stackalloc T[BlockUnits];
        T* x = inputs.Row<T>(row) + block, s = states.Row<T>(row) + block, b = bias.Row<T>(0) + block, f = free.Address == 0 ? null
            : free.Row<T>(row) + block;
        for (nint c = 0; c < width; c += TO.Count) TO.Store(TO.Load(x + c), current + c);
        double span = high - low;
        int count = 0;
        for (int k = 0; k < width; k++)
        {
            x[k] = current[k];
            if (f != null && TO.ToDouble(f[k]) == 0) continue;
            double y = TO.ToDouble(current[k]) + TO.ToDouble(b[k]);
            double value = !sampled ? low + span * Scalar.Logistic(span * y) : y > TO.ToDouble(thresholds[k]) ? high : low;
            double change = value - TO.ToDouble(s[k]);
            if (change == 0) continue;
            s[k] = TO.FromDouble(value);
            T step = TO.FromDouble(scale * change);
            steps[count] = step;
            changed[count++] = k;
            TV factor = TO.Splat(step);
            T* w = weights.Row<T>(block + k) + block;
            for (nint c = 0; c < width; c += TO.Count) TO.Store(TO.Fma(factor, TO.Load(w + c), TO.Load(current + c)), current + c);
        }
        return count;
    }

    /// <summary>
    /// inputs += Σ step·W[unit, ·] for the columns behind a block. Weights of a few columns serve all rows of the band before the next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pass<TV, T, TO>(int band, int end, int block, int firstColumn, int endColumn, T* steps, int* changed,
        int* counts) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        int n = TO.Count;
        nint c = firstColumn, pitch = weights.Stride;
        for (; c + 4 * n <= endColumn; c += 4 * n)
            for (int r = band; r < end; r++)
            {
                int count = counts[r - band], at = (r - band) * BlockUnits;
                if (count == 0) continue;
                T* x = inputs.Row<T>(r) + c;
                byte* w = (byte*)(weights.Row<T>(block) + c);
                TV x0 = TO.Load(x), x1 = TO.Load(x + n), x2 = TO.Load(x + 2 * n), x3 = TO.Load(x + 3 * n);
                for (int i = 0; i < count; i++)
                {
                    TV factor = TO.Splat(steps[at + i]);
                    T* from = (T*)(w + changed[at + i] * pitch);
                    x0 = TO.Fma(factor, TO.Load(from), x0);
                    x1 = TO.Fma(factor, TO.Load(from + n), x1);
                    x2 = TO.Fma(factor, TO.Load(from + 2 * n), x2);
                    x3 = TO.Fma(factor, TO.Load(from + 3 * n), x3);
                }
                TO.Store(x0, x);
                TO.Store(x1, x + n);
                TO.Store(x2, x + 2 * n);
                TO.Store(x3, x + 3 * n);
            }
        for (; c < endColumn; c += n)
            for (int r = band; r < end; r++)
            {
                int at = (r - band) * BlockUnits;
                T* x = inputs.Row<T>(r) + c;
                byte* w = (byte*)(weights.Row<T>(block) + c);
                TV sum = TO.Load(x);
                for (int i = 0; i < counts[r - band]; i++)
                    sum = TO.Fma(TO.Splat(steps[at + i]), TO.Load((T*)(w + changed[at + i] * pitch)), sum);
                TO.Store(sum, x);
            }
    }
}
