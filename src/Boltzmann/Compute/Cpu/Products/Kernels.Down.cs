using System.Runtime.Intrinsics;
using static Boltzmann.Compute.Cpu.Counts;

namespace Boltzmann.Compute.Cpu;

/// <content>left·rightᵀ: both operands are contiguous along the sum.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    const int DownRows = 3;

    /// <summary>Bytes of each row of the right operand that are used at a time: eight of them stay in the L1 cache.</summary>
    const int DownChunkBytes = 4096;

    void Down(Matrix destination, Matrix left, Matrix right, double scale, double keep)
    {
        long work = (long)left.Rows * left.Columns * right.Rows;
        if (PrefersLists(left, work))
        {
            DownListed(destination, left, right, scale, keep);
            return;
        }
        var job = new DownJob
        {
            Destination = Address(destination),
            DestinationRow = RowBytes(destination),
            Left = Address(left),
            LeftRow = RowBytes(left),
            Right = Address(right),
            RightRow = RowBytes(right),
            Rows = destination.Rows,
            Columns = destination.Columns,
            InnerVectors = Vectors(left.Columns),
            RowBlocks = Blocks(destination.Rows, DownRows),
            Outputs = ManyRegisters && destination.Columns > 4 ? 8 : 4,
            Scale = T.CreateTruncating(scale),
            Keep = T.CreateTruncating(keep),
            Keeps = keep != 0,
        };
        // Whole cache lines of the destination to a part.
        job.Lines = Blocks(destination.Columns, DownJob.LineColumns);
        int parts = work <= SmallWork ? 1 : PartsPerThread * team.Threads;
        job.ColumnParts = Math.Min(job.Lines, parts);
        job.RowParts = Math.Min(job.RowBlocks, Math.Max(1, parts / job.ColumnParts));
        team.Run(ref job, job.ColumnParts * job.RowParts);
    }

    struct DownJob : IJob
    {
        public byte* Destination, Left, Right;
        public nint DestinationRow, LeftRow, RightRow;
        public int Rows, Columns, InnerVectors, RowBlocks, Outputs, Lines, ColumnParts, RowParts;
        public T Scale, Keep;
        public bool Keeps;

        public static int LineColumns => 64 / sizeof(T);

        public readonly void Execute(int part)
        {
            int column = part % ColumnParts, row = part / ColumnParts;
            int first = Start(Lines, ColumnParts, column) * LineColumns,
                end = Math.Min(Columns, Start(Lines, ColumnParts, column + 1) * LineColumns);
            int firstBlock = Start(RowBlocks, RowParts, row), endBlock = Start(RowBlocks, RowParts, row + 1);
            int chunk = DownChunkBytes / VectorBytes;
            T* sums = stackalloc T[DownRows * 8];
            for (int output = first; output < end; output += Outputs)
            {
                int outputs = Math.Min(Outputs, end - output);
                for (int k = 0; k == 0 || k < InnerVectors; k += chunk)
                    for (int block = firstBlock; block < endBlock; block++)
                    {
                        int firstRow = Start(Rows, RowBlocks, block), rows = Start(Rows, RowBlocks, block + 1) - firstRow,
                            count = Math.Min(chunk, InnerVectors - k);
                        byte* a = Left + firstRow * LeftRow + k * VectorBytes, b = Right + output * RightRow + k * VectorBytes;
                        if (Outputs == 8) DotTile<TV, T, TO>.Run<N8>(rows, a, LeftRow, b, RightRow, outputs, count, sums);
                        else DotTile<TV, T, TO>.Run<N4>(rows, a, LeftRow, b, RightRow, outputs, count, sums);
                        Write(firstRow, rows, output, sums, k == 0);
                    }
            }
            if (end == Columns)
            {
                int firstRow = Start(Rows, RowBlocks, firstBlock), rows = Start(Rows, RowBlocks, endBlock) - firstRow;
                ClearPadding(Destination + firstRow * DestinationRow, DestinationRow, rows, Columns, Blocks(Columns, Outputs) * Outputs);
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
