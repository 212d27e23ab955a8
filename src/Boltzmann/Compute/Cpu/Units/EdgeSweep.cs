using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Sweeps through units with two values that few edges join, chains as the lanes of vectors: 32 rows are transposed into scratch memory of
/// [units × 32], in the order of the colours, moved there, and transposed back. Units of a colour do not wait for each other, so the
/// processor works at many of them at once.
/// </summary>
/// <remarks>
/// The random number of the unit at place p of the order in row r is word (row p, unit r) of the draw: four places at a time share
/// counters, for all lanes.
/// </remarks>
readonly unsafe struct EdgeSweep(
    Operand states, Operand inputs, Operand bias, Operand weights, EdgeList edges, double low, double high, double scale, Operand free,
        int sweeps, bool sampled, Draw draw) : IKernel
{
    /// <summary>What <see cref="PhiloxVector.Fill"/> makes at least in the widest vectors.</summary>
    public const int Lanes = 32;

    const int Tile = 64;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        int units = edges.Units, ends = edges.Neighbors.Length;
        long plane = (long)units * Lanes * sizeof(T), perEnd = Scratch.Lines((long)ends * sizeof(T)),
            perUnit = Scratch.Lines((long)units * sizeof(T));
        byte* memory = Scratch.ForPart(3 * plane + perEnd + perUnit);
        T* x = (T*)memory, from = inputs.Address == 0 ? null
            : (T*)(memory + plane), mask = free.Address == 0 ? null : (T*)(memory + 2 * plane);
        T* w = (T*)(memory + 3 * plane), b = (T*)(memory + 3 * plane + perEnd);
        for (int k = 0; k < ends; k++) w[k] = TO.FromDouble(scale * TO.ToDouble(weights.Row<T>(0)[edges.NeighborEdges[k]]));
        for (int p = 0; p < units; p++) b[p] = bias.Row<T>(0)[edges.Order[p]];
        for (int block = firstRow; block < endRow; block += Lanes)
        {
            int rows = Math.Min(Lanes, endRow - block);
            Transpose(states, block, rows, x);
            if (from != null) Transpose(inputs, block, rows, from);
            if (mask != null) Transpose(free, block, rows, mask);
            for (int s = 0; s < sweeps; s++) Sweep<TV, T, TO>(x, from, mask, w, b, block, draw with { Step = draw.Step + (ulong)s });
            TransposeBack(x, block, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    void Sweep<TV, T, TO>(T* x, T* from, T* mask, T* w, T* b, int block, Draw key) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        uint* words = stackalloc uint[4 * Lanes];
        int n = TO.Count, units = edges.Units;
        TV span = TO.Constant(high - low), on = TO.Constant(high), off = TO.Constant(low);
        fixed (int* starts = edges.Starts, neighbors = edges.Neighbors)
            for (int p = 0; p < units; p++)
            {
                if (sampled && (p & 3) == 0) TO.Words(words, Lanes, (uint)block, Lanes, (uint)p >> 2, key);
                uint* own = words + (p & 3) * Lanes;
                T* to = x + (nint)p * Lanes;
                TV base0 = TO.Splat(b[p]);
                int first = starts[p], end = starts[p + 1];
                for (nint c = 0; c < Lanes; c += 2 * n)
                {
                    TV y0 = base0, y1 = base0;
                    if (from != null)
                    {
                        y0 = TO.Add(y0, TO.Load(from + (nint)p * Lanes + c));
                        y1 = TO.Add(y1, TO.Load(from + (nint)p * Lanes + c + n));
                    }
                    for (int k = first; k < end; k++)
                    {
                        TV factor = TO.Splat(w[k]);
                        T* other = x + (nint)neighbors[k] * Lanes + c;
                        y0 = TO.Fma(factor, TO.Load(other), y0);
                        y1 = TO.Fma(factor, TO.Load(other + n), y1);
                    }
                    y0 = Exponential.Logistic<TV, T, TO>(TO.Multiply(span, y0));
                    y1 = Exponential.Logistic<TV, T, TO>(TO.Multiply(span, y1));
                    if (sampled)
                    {
                        y0 = TO.Select(TO.Greater(y0, TO.Uniform(own + c)), on, off);
                        y1 = TO.Select(TO.Greater(y1, TO.Uniform(own + c + n)), on, off);
                    }
                    else
                    {
                        y0 = TO.Fma(y0, span, off);
                        y1 = TO.Fma(y1, span, off);
                    }
                    if (mask != null)
                    {
                        y0 = TO.Select(TO.Greater(TO.Load(mask + (nint)p * Lanes + c), TO.Zero), y0, TO.Load(to + c));
                        y1 = TO.Select(TO.Greater(TO.Load(mask + (nint)p * Lanes + c + n), TO.Zero), y1, TO.Load(to + c + n));
                    }
                    TO.Store(y0, to + c);
                    TO.Store(y1, to + c + n);
                }
            }
    }

    // By tiles that stay in the nearest cache. Lanes without a row repeat the last one: their numbers must only be finite.
    void Transpose<T>(Operand source, int block, int rows, T* to) where T : unmanaged
    {
        fixed (int* order = edges.Order)
            for (int tile = 0; tile < edges.Units; tile += Tile)
            {
                int end = Math.Min(edges.Units, tile + Tile);
                for (int lane = 0; lane < Lanes; lane++)
                {
                    T* row = source.Row<T>(block + Math.Min(lane, rows - 1));
                    for (int p = tile; p < end; p++) to[(nint)p * Lanes + lane] = row[order[p]];
                }
            }
    }

    void TransposeBack<T>(T* from, int block, int rows) where T : unmanaged
    {
        fixed (int* order = edges.Order)
            for (int tile = 0; tile < edges.Units; tile += Tile)
            {
                int end = Math.Min(edges.Units, tile + Tile);
                for (int lane = 0; lane < rows; lane++)
                {
                    T* row = states.Row<T>(block + lane);
                    for (int p = tile; p < end; p++) row[order[p]] = from[(nint)p * Lanes + lane];
                }
            }
    }
}
