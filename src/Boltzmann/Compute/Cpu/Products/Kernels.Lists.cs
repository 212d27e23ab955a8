using System.Numerics;

namespace Boltzmann.Compute.Cpu;

/// <content>Zeros passed over: for the few rows of a tile, the list of those k at which any of them is not zero.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    /// <summary>Lists are made when fewer than this fraction of the left operand's entries are not zero.</summary>
    const double SparseBelow = 0.4;

    const int SampledRows = 8;

    /// <summary>The k that matter to one tile, and the values of A there, k by k.</summary>
    struct Listing
    {
        public int Count;
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
    Listing* List(Matrix left, int blocks, bool acrossRows, nint rightRow, ref byte* memory)
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
            Lists = (Listing*)memory,
        };
        memory += Scratch.Lines(blocks * (long)sizeof(Listing));
        job.Offsets = (nint*)memory;
        memory += Scratch.Lines((long)blocks * inner * sizeof(nint));
        job.Values = (T*)memory;
        memory += Scratch.Lines((long)rows * inner * sizeof(T));
        job.Parts = Math.Min(blocks, (long)rows * inner <= SmallWork / 32 ? 1 : 4 * team.Threads);
        team.Run(ref job, job.Parts);
        return job.Lists;
    }

    struct ListJob : IJob
    {
        public byte* Left;
        public nint LeftRow, RightRow;
        public int Rows, Inner, Blocks, Parts;
        public bool AcrossRows;
        public Listing* Lists;
        public nint* Offsets;
        public T* Values;

        public readonly void Execute(int part)
        {
            for (int block = Start(Blocks, Parts, part); block < Start(Blocks, Parts, part + 1); block++)
            {
                int first = Start(Rows, Blocks, block), rows = Start(Rows, Blocks, block + 1) - first;
                var list = new Listing { Offsets = Offsets + (long)block * Inner, Values = Values + (long)first * Inner };
                if (AcrossRows) AlongRows(ref list, Left + first * LeftRow, rows);
                else AlongColumns(ref list, Left + (nint)first * sizeof(T), rows);
                Lists[block] = list;
            }
        }

        /// <summary>A[r, k] = left[r, k].</summary>
        readonly void AlongRows(ref Listing list, byte* left, int rows)
        {
            int count = 0;
            T* values = list.Values;
            for (int k = 0; k < Inner; k += TO.Count)
            {
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
        }

        /// <summary>A[r, k] = left[k, r].</summary>
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
