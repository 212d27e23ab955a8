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
    /// lie a page apart cost an address translation per line. Wider tiles lose by it (docs/kernels.md).
    /// </summary>
    const int PackedBlocks = 8, PackedTileBytes = 64;

    /// <summary>Tiles whose columns are copied at a time, for each translated page to serve several, and the most that they take.</summary>
    const int PackedTiles = 4, PackedBytes = 1 << 18;

    /// <summary>
    /// So few examples sum two ranges of k, each in order, then the first and the second: each range can then be another core's, beside the
    /// weights that it owns. The shape alone decides, so bits depend on neither threads nor cores. Larger batches lose by it, as the second
    /// sum passes through memory.
    /// </summary>
    const int RangedRows = 48, RangedInner = 256, MostRangedInner = 8192;

    /// <summary>Nanoseconds to add two numbers.</summary>
    const double AddingTime = 0.1;

    /// <summary>Multiply-adds from which sums have two ranges.</summary>
    const long RangedWork = 1 << 19;

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
        int threads = Shares.Threads(right.Rows, right.Columns, left.Rows, team.Threads);
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
        bool ranged = job.Plain && left.Rows <= RangedRows && left.Columns is >= RangedInner and <= MostRangedInner && work >= RangedWork;
        job.Border = ranged ? new Shares(left.Columns, 2).Start(1) : left.Columns;
        job.Packs = job.RowBlocks >= PackedBlocks && vectorsPerTile * VectorBytes <= PackedTileBytes;
        bool apart = ranged && threads > 1 && team.Distance == CoreDistance.Far;
        long partialBytes = apart ? Scratch.Lines(destination.Rows * job.DestinationRow) : 0;
        byte* memory = Scratch.ForOperation(
            partialBytes + (sparse ? ListBytes(left.Rows, left.Columns, job.RowBlocks, left.Columns) : 0));
        if (apart) job.Partial = memory;
        memory += partialBytes;
        if (sparse)
        {
            nint rightRow = job.Packs ? vectorsPerTile * VectorBytes : job.RightRow;
            job.Lists = List(left, job.RowBlocks, true, false, job.Border, rightRow, ref memory);
        }
        job.Split(threads == 1 ? 1 : PartsPerThread * threads);
        team.Run(ref job, job.Parts, threads);
        if (apart) Add(destination, job.Partial);
    }

    /// <summary>Adds the sums of the second range to those of the first: exactly rounded once, as by <see cref="Added"/>.</summary>
    void Add(Matrix destination, byte* partial)
    {
        Operand sums = new(destination);
        var kernel = new Elementwise<WeightedSum>(sums, sums, new((nint)partial, sums.Stride), 1, 1);
        new Launch(team, destination.Precision, 8 * VectorBytes).Elements(ref kernel, destination.Rows, destination.Columns, AddingTime);
    }

    struct UpJob : IJob
    {
        public byte* Destination, Left, Right, Partial;
        public nint DestinationRow, LeftRow, RightRow;

        /// <summary>Where the second range of k begins: behind the last if there is one range.</summary>
        public int Border;

        public int Rows, Columns, Inner, RowBlocks, VectorsPerTile, Tiles, ColumnParts, RowParts;
        public bool Plain, Keeps, Packs;
        public Blended End;
        public Listing* Lists;

        readonly bool IsApart => Partial != null;

        /// <summary>With ranges apart, parts of the first come before those of the second: half of the threads do each.</summary>
        public readonly int Parts => ColumnParts * RowParts * (IsApart ? 2 : 1);

        /// <summary>Column ranges first, as they share nothing but the batch; rows too if columns do not make enough parts.</summary>
        public void Split(int parts)
        {
            if (IsApart) parts = Math.Max(1, parts / 2);
            ColumnParts = Math.Min(Tiles, parts);
            RowParts = Math.Min(RowBlocks, Math.Max(1, parts / ColumnParts));
        }

        public readonly void Execute(int part)
        {
            int parts = ColumnParts * RowParts, range = part / parts;
            part %= parts;
            if (!IsApart)
            {
                if (Plain) Sum(part, 0, Border, Destination, default(Stored));
                else Sum(part, 0, Border, Destination, End);
                if (Border < Inner) Sum(part, Border, Inner, Destination, default(Added));
            }
            else if (range == 0) Sum(part, 0, Border, Destination, default(Stored));
            else Sum(part, Border, Inner, Partial, default(Stored));
        }

        /// <summary>Sums over a range of k, of the columns and rows of one part.</summary>
        readonly void Sum<TEnd>(int part, int first, int end, byte* target, in TEnd last) where TEnd : struct, ITileEnd<TV>
        {
            int column = part % ColumnParts, row = part / ColumnParts, vectors = Vectors(Columns);
            int firstTile = Start(Tiles, ColumnParts, column), endTile = Start(Tiles, ColumnParts, column + 1);
            int firstBlock = Start(RowBlocks, RowParts, row), endBlock = Start(RowBlocks, RowParts, row + 1);
            int chunk = Keeps || Lists != null || Border < Inner ? Math.Max(end - first, 1) : UpChunk;
            nint tileBytes = (nint)VectorsPerTile * VectorBytes;
            for (int k = first; k == first || k < end; k += chunk)
            {
                int count = Math.Min(chunk, end - k);
                int together = Packs ? (int)Math.Clamp(PackedBytes / (count * tileBytes + 1), 1, PackedTiles) : 1;
                for (int group = firstTile; group < endTile; group += together)
                {
                    int endOfGroup = Math.Min(endTile, group + together);
                    byte* panels = Packs ? Pack(k, count, group, endOfGroup) : null;
                    for (int tile = group; tile < endOfGroup; tile++)
                    {
                        int vector = tile * VectorsPerTile, width = Math.Min(VectorsPerTile, vectors - vector);
                        // B is given as if it began at k = 0, from where lists count.
                        byte* b = Packs ? panels + (tile - group) * count * tileBytes - k * tileBytes : Right + (nint)vector * VectorBytes;
                        for (int block = firstBlock; block < endBlock; block++)
                        {
                            if (k + count < end) Tile(block, vector, width, k, count, b, target, k > first, default(Stored));
                            else Tile(block, vector, width, k, count, b, target, k > first, last);
                        }
                    }
                }
            }
        }

        /// <summary>Copies the columns of some tiles together, tile after tile.</summary>
        readonly byte* Pack(int k, int count, int tile, int endTile)
        {
            nint tileBytes = (nint)VectorsPerTile * VectorBytes;
            byte* panels = Scratch.ForPart((endTile - tile) * count * tileBytes);
            int vectors = Math.Min(endTile * VectorsPerTile, Vectors(Columns)) - tile * VectorsPerTile;
            CopyTiles(Right + k * RightRow + tile * tileBytes, RightRow, count, vectors, VectorsPerTile, panels);
            return panels;
        }

        readonly void Tile<TEnd>(int block, int vector, int width, int k, int count, byte* b, byte* target, bool resumes, in TEnd end)
            where TEnd : struct, ITileEnd<TV>
        {
            int firstRow = Start(Rows, RowBlocks, block), rows = Start(Rows, RowBlocks, block + 1) - firstRow;
            nint step = Packs ? (nint)VectorsPerTile * VectorBytes : RightRow;
            var term = new Term<T>
            {
                A = Left + firstRow * LeftRow + k * sizeof(T),
                ARow = LeftRow,
                AStep = sizeof(T),
                B = b + k * step,
                BStep = step,
                Count = count
            };
            if (Lists != null)
            {
                Lists[block].Apply(ref term, rows, second: k == Border);
                term.B = b;
            }
            target += firstRow * DestinationRow + (nint)vector * VectorBytes;
            byte* to = target;
            for (int done = 0; done < width;)
            {
                int vectors = width - done >= 4 ? 4 : width - done >= 2 ? 2 : 1;
                OuterTile<TV, T, TO>.Run(rows, vectors, &term, 1, 1, to, DestinationRow, resumes, in end);
                done += vectors;
                term.B += vectors * VectorBytes;
                to += vectors * VectorBytes;
            }
            int written = (vector + width) * TO.Count;
            if (written > Columns)
                ClearPadding(target, DestinationRow, rows, Columns - vector * TO.Count, width * TO.Count);
        }
    }
}
