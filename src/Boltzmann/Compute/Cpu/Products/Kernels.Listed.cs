using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <content>
/// left·rightᵀ for a left operand with few entries that are not zero, such as sampled states: blocks of the right operand are transposed
/// into scratch memory, and of each only the rows are added that an example's list names. Sums are in order of k, one by one, so they are
/// rounded differently from those of dense operands, which are folded from vectors.
/// </content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    /// <summary>
    /// Lists pay when fewer entries than this are not zero: below the first in any batch of 24 rows, below the second from 8 rows on.
    /// </summary>
    const double ListedBelow = 0.25, ListedBelowInSmallBatches = 0.16;

    /// <summary>Outputs and k of a block: 16 KB of scratch memory.</summary>
    const int ListedVectors = 4;

    static int ListedInner => 16384 / (ListedVectors * VectorBytes);

    bool PrefersLists(Matrix left, long work)
    {
        if (!skipZeros || work <= SmallWork || left.Rows < 8) return false;
        double density = Density(left);
        return density < (left.Rows >= 24 ? ListedBelow : ListedBelowInSmallBatches);
    }

    void DownListed(Matrix destination, Matrix left, Matrix right, double scale, double keep, int threads)
    {
        int chunks = Blocks(left.Columns, ListedInner);
        long boundsBytes = Scratch.Lines((long)left.Rows * (chunks + 1) * sizeof(nint));
        byte* memory = Scratch.ForOperation(boundsBytes + (long)left.Rows * left.Columns * sizeof(Entry<T>));
        var listing = new EntryJob
        {
            Left = Address(left),
            LeftRow = RowBytes(left),
            Rows = left.Rows,
            Inner = left.Columns,
            Chunks = chunks,
            Scale = T.CreateTruncating(scale),
            Bounds = (Entry<T>**)memory,
            Entries = (Entry<T>*)(memory + boundsBytes),
            Parts = Math.Min(left.Rows, 2 * threads),
        };
        team.Run(ref listing, listing.Parts, threads);
        var job = new ListedJob
        {
            Destination = Address(destination),
            DestinationRow = RowBytes(destination),
            Right = Address(right),
            RightRow = RowBytes(right),
            Rows = destination.Rows,
            Columns = destination.Columns,
            Inner = left.Columns,
            Chunks = chunks,
            Bounds = listing.Bounds,
            Keep = T.CreateTruncating(keep),
            Keeps = keep != 0,
            Shares = new(right.Rows, threads),
        };
        job.PartsOfShare = threads == 1 ? 1 : PartsPerThread;
        team.Run(ref job, job.Shares.Count * job.PartsOfShare, job.Shares.Count);
    }

    /// <summary>Makes the lists: for each row and chunk of k, values (times the scale) and places in the transposed block.</summary>
    struct EntryJob : IJob
    {
        public byte* Left;
        public nint LeftRow;
        public int Rows, Inner, Chunks, Parts;
        public T Scale;
        public Entry<T>** Bounds;
        public Entry<T>* Entries;

        public readonly void Execute(int part)
        {
            nint blockRow = ListedVectors * VectorBytes;
            for (int r = Start(Rows, Parts, part); r < Start(Rows, Parts, part + 1); r++)
            {
                T* row = (T*)(Left + r * LeftRow);
                Entry<T>** bounds = Bounds + (nint)r * (Chunks + 1);
                Entry<T>* entry = Entries + (nint)r * Inner;
                for (int chunk = 0; chunk < Chunks; chunk++)
                {
                    bounds[chunk] = entry;
                    int first = chunk * ListedInner, end = Math.Min(Inner, first + ListedInner);
                    for (int k = first; k < end; k += TO.Count)
                        for (uint any = TO.NonZeros(TO.Load(row + k)); any != 0; any &= any - 1)
                        {
                            int at = k + BitOperations.TrailingZeroCount(any);
                            *entry++ = new() { Offset = (at - first) * blockRow, Value = Scale * row[at] };
                        }
                }
                bounds[Chunks] = entry;
            }
        }
    }

    struct ListedJob : IJob
    {
        public byte* Destination, Right;
        public nint DestinationRow, RightRow;
        public int Rows, Columns, Inner, Chunks;
        public Entry<T>** Bounds;
        public T Keep;
        public bool Keeps;
        public Shares Shares;
        public int PartsOfShare;

        static int BlockColumns => ListedVectors * TO.Count;

        public readonly void Execute(int part)
        {
            int share = part / PartsOfShare, index = part % PartsOfShare;
            int first = Shares.FirstBlock(share, BlockColumns), count = Shares.FirstBlock(share + 1, BlockColumns) - first;
            for (int block = first + Start(count, PartsOfShare, index); block < first + Start(count, PartsOfShare, index + 1); block++)
                Block(block);
        }

        readonly void Block(int block)
        {
            int firstVector = block * ListedVectors, vectors = Math.Min(ListedVectors, Vectors(Columns) - firstVector);
            int first = firstVector * TO.Count, count = Math.Min(vectors * TO.Count, Columns - first);
            byte* target = Destination + (nint)first * sizeof(T);
            TV keep = TO.Splat(Keep);
            for (int r = 0; r < Rows; r++)
                for (int v = 0; v < vectors; v++)
                {
                    var address = (T*)(target + r * DestinationRow + v * VectorBytes);
                    TO.Store(Keeps ? TO.Multiply(keep, TO.Load(address)) : TO.Zero, address);
                }
            int blockBytes = ListedInner * ListedVectors * VectorBytes;
            byte* transposed = Scratch.ForPart(blockBytes);
            if (count < vectors * TO.Count) new Span<byte>(transposed, blockBytes).Clear();
            for (int chunk = 0; chunk < Chunks; chunk++)
            {
                int k = chunk * ListedInner;
                Transpose((T*)(Right + first * RightRow) + k, RightRow, count, Math.Min(ListedInner, Inner - k), (T*)transposed,
                    ListedVectors * VectorBytes);
                ListedTile<TV, T, TO>.Run(vectors, Bounds + chunk, Chunks + 1, Rows, transposed, target, DestinationRow);
            }
            if (first + count == Columns) ClearPadding(target, DestinationRow, Rows, count, vectors * TO.Count);
        }
    }

    /// <summary>target[k, r] = source[r, k]. May write a few rows of target beyond the last k, from the source's padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Transpose(T* source, nint sourceRow, int rows, int columns, T* target, nint targetRow)
    {
        int r = 0;
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            for (; r + 4 <= rows; r += 4)
            {
                byte* from = (byte*)source + r * sourceRow, to = (byte*)(target + r);
                for (int k = 0; k < columns; k += 4, from += 16, to += 4 * targetRow)
                {
                    Vector128<float> a = Sse.LoadVector128((float*)from), b = Sse.LoadVector128((float*)(from + sourceRow));
                    Vector128<float> c = Sse.LoadVector128((float*)(from + 2 * sourceRow)),
                        d = Sse.LoadVector128((float*)(from + 3 * sourceRow));
                    Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d), ab2 = Sse.UnpackHigh(a, b),
                        cd2 = Sse.UnpackHigh(c, d);
                    Sse.MoveLowToHigh(ab, cd).Store((float*)to);
                    Sse.MoveHighToLow(cd, ab).Store((float*)(to + targetRow));
                    Sse.MoveLowToHigh(ab2, cd2).Store((float*)(to + 2 * targetRow));
                    Sse.MoveHighToLow(cd2, ab2).Store((float*)(to + 3 * targetRow));
                }
            }
        }
        else if (typeof(T) == typeof(double) && Sse2.IsSupported)
        {
            for (; r + 2 <= rows; r += 2)
            {
                byte* from = (byte*)source + r * sourceRow, to = (byte*)(target + r);
                for (int k = 0; k < columns; k += 2, from += 16, to += 2 * targetRow)
                {
                    Vector128<double> a = Sse2.LoadVector128((double*)from), b = Sse2.LoadVector128((double*)(from + sourceRow));
                    Sse2.UnpackLow(a, b).Store((double*)to);
                    Sse2.UnpackHigh(a, b).Store((double*)(to + targetRow));
                }
            }
        }
        for (; r < rows; r++)
            for (int k = 0; k < columns; k++) *(T*)((byte*)(target + r) + k * targetRow) = *((T*)((byte*)source + r * sourceRow) + k);
    }
}
