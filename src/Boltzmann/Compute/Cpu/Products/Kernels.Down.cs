using System.Runtime.Intrinsics;
using static Boltzmann.Compute.Cpu.Counts;

namespace Boltzmann.Compute.Cpu;

/// <content>left·rightᵀ: both operands are contiguous along the sum.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    const int DownRows = 3;

    /// <summary>Bytes of each row of the right operand that are used at a time: eight of them stay in the L1 cache.</summary>
    const int DownChunkBytes = 4096;

    /// <summary>Bytes of the left operand that all outputs of a part pass through before its next rows: half of an L2 cache.</summary>
    const int DownBandBytes = 1 << 18;

    /// <summary>From so many rows on, a batch that fits makes one tile of all its rows and two outputs.</summary>
    const int FewestPairedRows = 4;

    void Down(Matrix destination, Matrix left, Matrix right, double scale, double keep)
    {
        int threads = Shares.Threads(right.Rows, right.Columns, left.Rows, team.Threads);
        if (PrefersLists(left, (long)left.Rows * left.Columns * right.Rows))
        {
            DownListed(destination, left, right, scale, keep, threads);
            return;
        }
        int rows = destination.Rows;
        int mostPaired = ManyRegisters ? 12 : 6;
        bool paired = rows >= FewestPairedRows && rows <= mostPaired && left.Columns * sizeof(T) <= DownChunkBytes;
        var job = new DownJob
        {
            Destination = Address(destination),
            DestinationRow = RowBytes(destination),
            Left = Address(left),
            LeftRow = RowBytes(left),
            Right = Address(right),
            RightRow = RowBytes(right),
            Rows = rows,
            Columns = destination.Columns,
            InnerVectors = Vectors(left.Columns),
            RowBlocks = paired ? 1 : Blocks(rows, DownRows),
            Outputs = paired ? 2 : ManyRegisters && destination.Columns > 4 ? 8 : 4,
            Shares = new(right.Rows, threads),
            Scale = T.CreateTruncating(scale),
            Keep = T.CreateTruncating(keep),
            Keeps = keep != 0,
        };
        // Few outputs make few shares: then several threads take rows of the batch for one.
        job.RowParts = Math.Min(job.RowBlocks, Math.Max(1, threads / job.Shares.Count));
        job.ColumnParts = threads == 1 ? 1 : Math.Min(PartsPerThread, Blocks(Blocks(job.Columns, Shares.Grain), job.Shares.Count));
        team.Run(ref job, job.Parts, job.Shares.Count * job.RowParts);
    }

    struct DownJob : IJob
    {
        public byte* Destination, Left, Right;
        public nint DestinationRow, LeftRow, RightRow;
        public int Rows, Columns, InnerVectors, RowBlocks, Outputs, ColumnParts, RowParts;
        public Shares Shares;
        public T Scale, Keep;
        public bool Keeps;

        /// <summary>Parts of one share stand together, so that a thread's slice of the parts is its share.</summary>
        public readonly int Parts => Shares.Count * RowParts * ColumnParts;

        public readonly void Execute(int part)
        {
            int column = part % ColumnParts, row = part / ColumnParts % RowParts, share = part / ColumnParts / RowParts;
            // Whole cache lines of the destination to a part: tiles write all their outputs, also those beyond the last column.
            int grains = Blocks(Shares.Start(share + 1), Shares.Grain) - Shares.Start(share) / Shares.Grain;
            int first = Shares.Start(share) + Start(grains, ColumnParts, column) * Shares.Grain;
            int end = Math.Min(Columns, Shares.Start(share) + Start(grains, ColumnParts, column + 1) * Shares.Grain);
            int firstBlock = Start(RowBlocks, RowParts, row), endBlock = Start(RowBlocks, RowParts, row + 1);
            int chunk = DownChunkBytes / VectorBytes, band = (int)Math.Max(1, (long)DownBandBytes / DownChunkBytes * RowBlocks / Rows);
            // A batch that stays in the cache meets each output's weights in one go; of a larger one, a piece that does meets all outputs.
            int span = Rows * LeftRow <= DownBandBytes ? Math.Max(InnerVectors, 1) : chunk;
            for (int from = 0; from == 0 || from < InnerVectors; from += span)
                for (int block = firstBlock; block < endBlock; block += band)
                    for (int output = first; output < end; output += Outputs)
                        for (int k = from; k == from || k < Math.Min(InnerVectors, from + span); k += chunk)
                            for (int b = block; b < Math.Min(endBlock, block + band); b++)
                                Tile(b, output, Math.Min(Outputs, end - output), k, Math.Min(chunk, InnerVectors - k));
            if (end == Columns && first < end)
            {
                int firstRow = Start(Rows, RowBlocks, firstBlock), rows = Start(Rows, RowBlocks, endBlock) - firstRow;
                ClearPadding(Destination + firstRow * DestinationRow, DestinationRow, rows, Columns, Blocks(Columns, Outputs) * Outputs);
            }
        }

        readonly void Tile(int block, int output, int outputs, int k, int count)
        {
            T* sums = stackalloc T[DownRows * 8];
            int firstRow = Start(Rows, RowBlocks, block), rows = Start(Rows, RowBlocks, block + 1) - firstRow;
            byte* a = Left + firstRow * LeftRow + k * VectorBytes, b = Right + output * RightRow + k * VectorBytes;
            if (Outputs == 2)
            {
                PairTile<TV, T, TO>.Run(rows, a, LeftRow, b, outputs == 2 ? RightRow : 0, count, sums);
                WritePairs(firstRow, rows, output, sums, k == 0);
                return;
            }
            if (Outputs == 8) DotTile<TV, T, TO>.Run<N8>(rows, a, LeftRow, b, RightRow, outputs, count, sums);
            else DotTile<TV, T, TO>.Run<N4>(rows, a, LeftRow, b, RightRow, outputs, count, sums);
            Write(firstRow, rows, output, sums, k == 0);
        }

        readonly void WritePairs(int firstRow, int rows, int output, T* sums, bool isFirst)
        {
            byte* target = Destination + firstRow * DestinationRow + (nint)output * sizeof(T);
            for (int r = 0; r < rows; r++, target += DestinationRow, sums += 2)
                for (int i = 0; i < 2; i++)
                {
                    T* address = (T*)target + i;
                    T value = Scale * sums[i];
                    if (!isFirst) value += *address;
                    else if (Keeps) value += Keep * *address;
                    *address = value;
                }
        }

        readonly void Write(int firstRow, int rows, int output, T* sums, bool isFirst)
        {
            Vector128<T> scale = Vector128.Create(Scale), keep = Vector128.Create(Keep);
            byte* target = Destination + firstRow * DestinationRow + (nint)output * sizeof(T);
            for (int r = 0; r < rows; r++, target += DestinationRow, sums += 8)
                for (int i = 0; i < Outputs; i += Vector128<T>.Count)
                {
                    T* address = (T*)target + i;
                    Vector128<T> value = scale * Vector128.Load(sums + i);
                    if (!isFirst) value += Vector128.Load(address);
                    else if (Keeps) value += keep * Vector128.Load(address);
                    value.Store(address);
                }
        }
    }
}
