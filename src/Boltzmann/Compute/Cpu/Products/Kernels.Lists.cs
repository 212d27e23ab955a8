using System.Numerics;
using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <content>Zeros passed over: for the few rows of a tile, the list of those k at which any of them is not zero.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    /// <summary>Lists are made when fewer than this fraction of the left operand's entries are not zero.</summary>
    const double SparseBelow = 0.4;

    const int SampledRows = 8;

    /// <summary>Nanoseconds per entry, to list it and to copy it to panels or from bytes.</summary>
    const double ListingTime = 0.5, CopyingTime = 0.2;

    /// <summary>The k that matter to one tile, and the values of A there, k by k.</summary>
    struct Listing
    {
        public int Count;

        /// <summary>How many of them lie before the second range of k.</summary>
        public int Before;

        public nint* Offsets;
        public T* Values;

        public readonly void Apply(ref Term<T> term, int rows)
        {
            term.A = (byte*)Values;
            term.ARow = sizeof(T);
            term.AStep = rows * sizeof(T);
            term.Offsets = Offsets;
            term.Count = Count;
        }

        /// <summary>As <see cref="Apply(ref Term{T}, int)"/>, for one of two ranges of k.</summary>
        public readonly void Apply(ref Term<T> term, int rows, bool second)
        {
            Apply(ref term, rows);
            term.Count = second ? Count - Before : Before;
            if (!second) return;
            term.A += (nint)Before * term.AStep;
            term.Offsets += Before;
        }
    }

    static bool IsSparse(Matrix matrix) => Density(matrix) < SparseBelow;

    /// <summary>The fraction of entries that are not zero, judged by a few rows, spread evenly.</summary>
    static double Density(Matrix matrix)
    {
        int step = Math.Max(1, matrix.Rows / SampledRows), sampled = 0;
        long nonZeros = 0;
        for (int r = 0; r < matrix.Rows; r += step, sampled++)
        {
            T* row = (T*)(Address(matrix) + r * RowBytes(matrix));
            for (int c = 0; c < matrix.Columns; c += TO.Count) nonZeros += BitOperations.PopCount(TO.NonZeros(TO.Load(row + c)));
        }
        return nonZeros / Math.Max(1.0, (double)sampled * matrix.Columns);
    }

    static long ListBytes(int rows, int columns, int blocks, int inner) =>
        Scratch.Lines(blocks * (long)sizeof(Listing)) + Scratch.Lines((long)blocks * inner * sizeof(nint))
            + Scratch.Lines((long)rows * columns * sizeof(T));

    /// <summary>Lists for all blocks of rows, in memory of the operation.</summary>
    /// <param name="left">The left operand.</param>
    /// <param name="blocks">Blocks of rows: of nearly equal size across rows, of six across columns.</param>
    /// <param name="acrossRows">Whether rows of the product are rows of the operand, or its columns.</param>
    /// <param name="keepsAll">Whether zeros are listed as well: the operand is only copied, block by block.</param>
    /// <param name="border">Where the second range of k begins.</param>
    /// <param name="rightRow">Bytes from one k to the next in the other operand.</param>
    /// <param name="memory">Where lists go; moved behind them.</param>
    Listing* List(Matrix left, int blocks, bool acrossRows, bool keepsAll, int border, nint rightRow, ref byte* memory)
    {
        int rows = acrossRows ? left.Rows : left.Columns, inner = acrossRows ? left.Columns : left.Rows;
        var job = new ListJob
        {
            Left = Address(left),
            LeftRow = RowBytes(left),
            RightRow = rightRow,
            Rows = rows,
            Inner = inner,
            Blocks = blocks,
            AcrossRows = acrossRows,
            KeepsAll = keepsAll,
            Border = border,
            Lists = (Listing*)memory,
        };
        memory += Scratch.Lines(blocks * (long)sizeof(Listing));
        job.Offsets = (nint*)memory;
        memory += Scratch.Lines((long)blocks * inner * sizeof(nint));
        job.Values = (T*)memory;
        memory += Scratch.Lines((long)rows * inner * sizeof(T));
        int threads = Shares.Worth((double)rows * inner * ListingTime, team.Threads);
        job.Parts = Math.Min(blocks, threads == 1 ? 1 : 4 * threads);
        team.Run(ref job, job.Parts, threads);
        return job.Lists;
    }

    struct ListJob : IJob
    {
        public byte* Left;
        public nint LeftRow, RightRow;
        public int Rows, Inner, Blocks, Border, Parts;
        public bool AcrossRows, KeepsAll;
        public Listing* Lists;
        public nint* Offsets;
        public T* Values;

        public readonly void Execute(int part)
        {
            for (int block = Start(Blocks, Parts, part); block < Start(Blocks, Parts, part + 1); block++)
            {
                int first = First(block), rows = First(block + 1) - first;
                var list = new Listing { Offsets = Offsets + (long)block * Inner, Values = Values + (long)first * Inner };
                if (AcrossRows) AlongRows(ref list, Left + first * LeftRow, rows);
                else if (KeepsAll) Columns(ref list, Left + (nint)first * sizeof(T), rows);
                else AlongColumns(ref list, Left + (nint)first * sizeof(T), rows);
                Lists[block] = list;
            }
        }

        readonly int First(int block) => AcrossRows ? Start(Rows, Blocks, block) : Math.Min(Rows, block * OuterRows);

        /// <summary>A[r, k] = left[r, k].</summary>
        readonly void AlongRows(ref Listing list, byte* left, int rows)
        {
            int count = 0;
            T* values = list.Values;
            for (int k = 0; k < Inner; k += TO.Count)
            {
                if (k == Border) list.Before = count;
                byte* at = left + (nint)k * sizeof(T);
                uint any = 0;
                for (int r = 0; r < rows; r++) any |= TO.NonZeros(TO.Load((T*)(at + r * LeftRow)));
                for (; any != 0; any &= any - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(any);
                    list.Offsets[count++] = (k + lane) * RightRow;
                    for (int r = 0; r < rows; r++) *values++ = ((T*)(at + r * LeftRow))[lane];
                }
            }
            list.Count = count;
            if (Border >= Inner) list.Before = count;
        }

        /// <summary>A[r, k] = left[k, r], of all k.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        readonly void Columns(ref Listing list, byte* left, int rows)
        {
            list.Offsets = null;
            list.Count = Inner;
            T* to = list.Values;
            if (rows == OuterRows)
            {
                for (int k = 0; k < Inner; k++, left += LeftRow, to += OuterRows)
                {
                    var from = (T*)left;
                    to[0] = from[0];
                    to[1] = from[1];
                    to[2] = from[2];
                    to[3] = from[3];
                    to[4] = from[4];
                    to[5] = from[5];
                }
                return;
            }
            for (int k = 0; k < Inner; k++, left += LeftRow, to += rows)
                for (int r = 0; r < rows; r++) to[r] = ((T*)left)[r];
        }

        /// <summary>A[r, k] = left[k, r], of those k at which any is not zero.</summary>
        readonly void AlongColumns(ref Listing list, byte* left, int rows)
        {
            int count = 0;
            T* values = list.Values;
            for (int k = 0; k < Inner; k++, left += LeftRow)
            {
                bool any = false;
                for (int r = 0; r < rows; r++)
                {
                    T value = ((T*)left)[r];
                    values[r] = value;
                    any |= value != T.Zero;
                }
                // Written in any case and kept if wanted: a jump would often be foreseen wrongly.
                list.Offsets[count] = k * RightRow;
                int kept = any ? 1 : 0;
                count += kept;
                values += kept * rows;
            }
            list.Count = count;
        }
    }
}
