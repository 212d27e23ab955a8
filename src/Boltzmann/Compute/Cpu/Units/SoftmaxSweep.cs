using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// One-hot blocks that are joined to each other, one after another: each is drawn from the softmax of its inputs (or set to its mean), and
/// its change goes into the inputs of the blocks behind it.
/// </summary>
/// <remarks>
/// Blocks are taken by groups of about as many columns as fit the nearest memory, rows by bands. Within a group, inputs follow every change
/// at once; behind it they take all changes of the group in one pass, in the same order, so that every input is summed as by the plain
/// loop. Vectors start at their own multiples: the columns before a group's first one that share its vector are kept.
/// </remarks>
readonly unsafe struct SoftmaxSweep(
    Operand states, Operand inputs, Operand bias, Operand weights, int categories, double scale, Operand free, bool sampled, Draw draw)
    : IKernel
{
    const int GroupColumns = 64, BandRows = 16, WordRows = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        int blocks = endColumn / categories, group = Math.Max(1, GroupColumns / categories),
            width = Math.Min(endColumn, group * categories);
        nint pitch = (blocks + 31) & ~31, window = (width + 2 * TO.Count + 15) & ~15;
        int* counts = stackalloc int[BandRows];
        // Words, then changed columns and their steps for each row, then a group's inputs and probabilities, whole vectors of them.
        byte* memory = Scratch.ForPart(BandRows * (pitch * sizeof(uint) + (nint)width * (sizeof(int) + sizeof(T))) + 2 * window * sizeof(T)
            + 64);
        uint* words = (uint*)memory;
        T* current = (T*)((nint)(words + BandRows * pitch) + 63 & ~(nint)63), chances = current + window, steps = chances + window;
        int* changed = (int*)(steps + BandRows * width);
        for (int band = firstRow; band < endRow; band += BandRows)
        {
            int end = Math.Min(endRow, band + BandRows);
            if (sampled)
                for (int four = band / WordRows; four * WordRows < end; four++)
                    TO.Words(words + (four - band / WordRows) * WordRows * pitch, pitch, 0, blocks, (uint)four, draw);
            for (int first = 0; first < endColumn; first += width)
            {
                int behind = Math.Min(endColumn, first + width);
                for (int r = band; r < end; r++)
                {
                    int at = r - band;
                    uint* own = words + (r - band / WordRows * WordRows) * pitch + first / categories;
                    counts[at] = Visit<TV, T, TO, TD, TW>(r, first, behind, own, current, chances, steps + at * width,
                        changed + at * width);
                }
                Pass<TV, T, TO>(band, end, behind, endColumn, width, steps, changed, counts);
            }
        }
    }

    /// <summary>The blocks of a group in one row; returns how many columns have changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Visit<TV, T, TO, TD, TW>(int row, int first, int end, uint* words, T* current, T* chances, T* steps, int* changed)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        int n = TO.Count, start = first & -n, count = 0;
        T* x = inputs.Row<T>(row), s = states.Row<T>(row), b = bias.Row<T>(0), f = free.Address == 0 ? null : free.Row<T>(row);
        for (int c = start; c < end; c += n) TO.Store(TO.Load(x + c), current + (c - start));
        for (int block = first; block < end; block += categories)
        {
            T* own = current + (block - start);
            uint word = *words++;
            new Span<T>(own, categories).CopyTo(new Span<T>(x + block, categories));
            if (f != null && TO.ToDouble(f[block]) == 0) continue;
            Softmax.Exponentials<TV, T, TO>(chances, own, b + block, categories, categories);
            int drawn = sampled ? Drawn<TV, T, TO, TD, TW>(chances, word) : -1;
            double factor = sampled ? 0 : 1 / Rows.Sum<T, TD, TW>(chances, categories);
            for (int k = 0; k < categories; k++)
            {
                double value = sampled ? k == drawn ? 1 : 0 : TO.ToDouble(TO.FromDouble(factor * TO.ToDouble(chances[k])));
                double change = value - TO.ToDouble(s[block + k]);
                if (change == 0) continue;
                s[block + k] = TO.FromDouble(value);
                T step = TO.FromDouble(scale * change);
                steps[count] = step;
                changed[count++] = block + k;
                if (block + categories == end) continue;
                TV factors = TO.Splat(step);
                T* w = weights.Row<T>(block + k);
                for (int c = block + categories & -n; c < end; c += n)
                    TO.Store(TO.Fma(factors, TO.Load(w + c), TO.Load(current + (c - start))), current + (c - start));
            }
        }
        return count;
    }

    /// <summary>The first category whose cumulative probability exceeds the uniform.</summary>
    int Drawn<TV, T, TO, TD, TW>(T* chances, uint word)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        double target = (word >> 8) * (1.0 / (1 << 24)) * Rows.Sum<T, TD, TW>(chances, categories), cumulative = 0;
        for (int k = 0; k < categories - 1; k++)
        {
            cumulative += TO.ToDouble(chances[k]);
            if (!(cumulative <= target)) return k;
        }
        return categories - 1;
    }

    /// <summary>
    /// inputs += Σ step·W[column, ·] for the columns behind a group. Weights of a few columns serve all rows of the band before the next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pass<TV, T, TO>(int band, int end, int firstColumn, int endColumn, int width, T* steps, int* changed, int* counts)
        where T : unmanaged where TO : struct, IVec<TV, T>
    {
        if (firstColumn >= endColumn) return;
        int n = TO.Count, c = firstColumn & -n;
        nint pitch = weights.Stride;
        if (c < firstColumn)
        {
            TV before = TO.FirstLanes(firstColumn - c);
            for (int r = band; r < end; r++)
            {
                T* x = inputs.Row<T>(r) + c;
                TV old = TO.Load(x);
                TO.Store(TO.Select(before, old, Sum<TV, T, TO>(old, c, r - band, width, steps, changed, counts)), x);
            }
            c += n;
        }
        for (; c + 4 * n <= endColumn; c += 4 * n)
            for (int r = band; r < end; r++)
            {
                int count = counts[r - band], at = (r - band) * width;
                if (count == 0) continue;
                T* x = inputs.Row<T>(r) + c;
                byte* w = (byte*)(weights.Row<T>(0) + c);
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
                T* x = inputs.Row<T>(r) + c;
                TO.Store(Sum<TV, T, TO>(TO.Load(x), c, r - band, width, steps, changed, counts), x);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TV Sum<TV, T, TO>(TV sum, int column, int row, int width, T* steps, int* changed, int* counts)
        where T : unmanaged where TO : struct, IVec<TV, T>
    {
        for (int i = row * width; i < row * width + counts[row]; i++)
            sum = TO.Fma(TO.Splat(steps[i]), TO.Load(weights.Row<T>(changed[i]) + column), sum);
        return sum;
    }
}
