namespace Boltzmann.Compute.Cpu;

/// <content>left·right: rows of the right operand are contiguous along the destination's.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    /// <summary>
    /// k at a time. A larger sum than usual is cut so that a tile's columns stay in the L2 cache and its pages in the TLB; cutting costs a
    /// store and a load of the sums.
    /// </summary>
    const int UpChunk = 1024;

    /// <summary>
    /// When a tile is no wider than a cache line and passed by this many blocks of rows, its columns are first copied together: rows that
    /// lie a page apart cost an address translation per line. Wider tiles lose by it (docs/design-notes.md).
    /// </summary>
    const int PackedBlocks = 8, PackedTileBytes = 64;

    /// <inheritdoc/>
    public override void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep)
    {
        if (destination.Rows == 0 || destination.Columns == 0) return;
        if (transposeRight) Down(destination, left, right, scale, keep);
        else Up(destination, left, right, scale, keep);
    }

    void Up(Matrix destination, Matrix left, Matrix right, double scale, double keep)
    {
        long work = (long)left.Rows * left.Columns * right.Columns;
        bool sparse = skipZeros && work > SmallWork && IsSparse(left);
        int rowsPerTile = ManyRegisters && !sparse ? 12 : 6, vectorsPerTile = ManyRegisters && sparse ? 4 : 2;
        var job = new UpJob
        {
            Destination = Address(destination),
            DestinationRow = RowBytes(destination),
            Left = Address(left),
            LeftRow = RowBytes(left),
            Right = Address(right),
            RightRow = RowBytes(right),
            Rows = destination.Rows,
            Columns = destination.Columns,
            Inner = left.Columns,
            RowBlocks = Blocks(destination.Rows, rowsPerTile),
            VectorsPerTile = vectorsPerTile,
            Tiles = Blocks(Vectors(destination.Columns), vectorsPerTile),
            Plain = scale == 1 && keep == 0,
            Keeps = keep != 0,
            End = new(scale, keep),
        };
        job.Packs = job.RowBlocks >= PackedBlocks && vectorsPerTile * VectorBytes <= PackedTileBytes;
        byte* memory = Scratch.ForOperation(sparse ? ListBytes(left.Rows, left.Columns, job.RowBlocks, left.Columns) : 0);
        if (sparse)
            job.Lists = List(left, job.RowBlocks, acrossRows: true, job.Packs ? vectorsPerTile * VectorBytes : job.RightRow, ref memory);
        job.Split(work <= SmallWork ? 1 : PartsPerThread * team.Threads);
        team.Run(ref job, job.ColumnParts * job.RowParts);
    }

    struct UpJob : IJob
    {
        public byte* Destination, Left, Right;
        public nint DestinationRow, LeftRow, RightRow;
        public int Rows, Columns, Inner, RowBlocks, VectorsPerTile, Tiles, ColumnParts, RowParts;
        public bool Plain, Keeps, Packs;
        public Blended End;
        public Listing* Lists;

        /// <summary>Column ranges first, as they share nothing but the batch; rows too if columns do not make enough parts.</summary>
        public void Split(int parts)
        {
            ColumnParts = Math.Min(Tiles, parts);
            RowParts = Math.Min(RowBlocks, Math.Max(1, parts / ColumnParts));
        }

        public readonly void Execute(int part)
        {
            int column = part % ColumnParts, row = part / ColumnParts;
            int firstTile = Start(Tiles, ColumnParts, column), endTile = Start(Tiles, ColumnParts, column + 1);
            int firstBlock = Start(RowBlocks, RowParts, row), endBlock = Start(RowBlocks, RowParts, row + 1);
            int vectors = Vectors(Columns), chunk = Keeps || Lists != null ? Math.Max(Inner, 1) : UpChunk;
            for (int k = 0; k == 0 || k < Inner; k += chunk)
                for (int tile = firstTile; tile < endTile; tile++)
                {
                    int vector = tile * VectorsPerTile, width = Math.Min(VectorsPerTile, vectors - vector);
                    int count = Math.Min(chunk, Inner - k);
                    byte* b = Right + k * RightRow;
                    nint step = RightRow;
                    if (Packs)
                    {
                        nint offset = (nint)vector * VectorBytes;
                        step = VectorsPerTile * VectorBytes;
                        byte* panel = Scratch.ForPart(count * step);
                        CopyColumns(b + offset, RightRow, count, width, panel, step);
                        b = panel - offset;
                    }
                    for (int block = firstBlock; block < endBlock; block++) Tile(block, vector, width, k, count, b, step);
                }
        }

        readonly void Tile(int block, int vector, int width, int k, int count, byte* b, nint step)
        {
            int firstRow = Start(Rows, RowBlocks, block), rows = Start(Rows, RowBlocks, block + 1) - firstRow;
            var term = new Term<T>
            {
                A = Left + firstRow * LeftRow + k * sizeof(T),
                ARow = LeftRow,
                AStep = sizeof(T),
                B = b,
                BStep = step,
                Count = count
            };
            if (Lists != null) Lists[block].Apply(ref term, rows);
            byte* target = Destination + firstRow * DestinationRow;
            bool last = k + count == Inner;
            for (int done = 0; done < width;)
            {
                int vectors = width - done >= 4 ? 4 : width - done >= 2 ? 2 : 1;
                nint offset = (nint)(vector + done) * VectorBytes;
                if (Plain || !last)
                {
                    Stored end = default;
                    OuterTile<TV, T, TO>.Run(rows, vectors, &term, 1, offset, target + offset, DestinationRow, k > 0, in end);
                }
                else OuterTile<TV, T, TO>.Run(rows, vectors, &term, 1, offset, target + offset, DestinationRow, k > 0, in End);
                done += vectors;
            }
            int written = (vector + width) * TO.Count;
            if (last && written > Columns) ClearPadding(target, DestinationRow, rows, Columns, written);
        }
    }
}
