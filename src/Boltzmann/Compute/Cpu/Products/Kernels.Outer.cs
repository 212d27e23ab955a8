namespace Boltzmann.Compute.Cpu;

/// <content>Sums of leftᵀ·right, kept or turned at once into an optimiser's step.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    /// <summary>A factor with no more rows than this has its scale multiplied into a copy of its left side.</summary>
    const int FoldedRows = 3;

    const int OuterRows = 6;

    /// <summary>
    /// From so many rows on, a factor's right side is first copied into panels as wide as a tile: rows that are a page apart would cost
    /// an address translation each time one is read.
    /// </summary>
    const int PackedRows = 32;

    /// <summary>
    /// Bytes of the factors' right sides that a part passes through for each block of its rows: they stay in the L2 cache, beside the
    /// weights that stream through it.
    /// </summary>
    const int OuterCacheBytes = 1 << 18;

    /// <inheritdoc/>
    public override void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep) =>
        Outer(destination, factors, new Blended(LastScale(factors), keep));

    /// <inheritdoc/>
    public override void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule)
    {
        nint toFirst = (nint)(Address(first) - Address(parameter));
        if (rule.IsAdam)
            Outer(parameter, factors, new Adam(rule, LastScale(factors), toFirst, (nint)(Address(second!) - Address(parameter))));
        else if (rule.L1 != 0) Outer(parameter, factors, new ShrinkingMomentum(rule, LastScale(factors), toFirst));
        else Outer(parameter, factors, new Momentum(rule, LastScale(factors), toFirst));
    }

    /// <summary>
    /// The sums of large factors are left divided by the scale of the last of them, with which the tile's end multiplies: changing the
    /// sign between two phases is exact, and costs nothing in the loop.
    /// </summary>
    static double LastScale(ReadOnlySpan<Factor> factors)
    {
        double scale = 1;
        foreach (ref readonly Factor factor in factors)
            if (IsLarge(factor)) scale = factor.Scale;
        return scale;
    }

    static bool IsLarge(in Factor factor) => factor.Left.Rows > FoldedRows && factor.Scale != 0;

    static bool IsSmall(in Factor factor) => factor.Left.Rows is > 0 and <= FoldedRows && factor.Scale != 0;

    void Outer<TEnd>(Matrix destination, ReadOnlySpan<Factor> factors, in TEnd end) where TEnd : struct, ITileEnd<TV>
    {
        int rows = destination.Rows, columns = destination.Columns;
        if (rows == 0 || columns == 0) return;
        long depth = 0, memoryBytes = Scratch.Lines(factors.Length * (long)sizeof(Source));
        int blocks = Blocks(rows, OuterRows), vectorsPerTile = ManyRegisters ? 4 : 2, tiles = Blocks(Vectors(columns), vectorsPerTile);
        nint tileBytes = vectorsPerTile * VectorBytes;
        foreach (ref readonly Factor factor in factors)
        {
            depth += factor.Left.Rows;
            if (IsPacked(factor, blocks)) memoryBytes += factor.Left.Rows * (long)tiles * tileBytes;
            memoryBytes += IsSmall(factor) ? factor.Left.Rows * Scratch.Lines((long)rows * sizeof(T))
                : ListBytes(rows, factor.Left.Rows, blocks, factor.Left.Rows);
        }
        byte* memory = Scratch.ForOperation(memoryBytes);
        var sources = (Source*)memory;
        memory += Scratch.Lines(factors.Length * (long)sizeof(Source));
        double last = LastScale(factors), before = 0;
        int count = 0;
        foreach (ref readonly Factor factor in factors)
        {
            if (!IsLarge(factor)) continue;
            var source = new Source(factor);
            source.Term.Rescales = count > 0 && before != factor.Scale;
            source.Term.Factor = T.CreateTruncating(count > 0 ? before / factor.Scale : 1);
            before = factor.Scale;
            if (IsPacked(factor, blocks))
            {
                source.Panels = memory;
                source.PanelBytes = factor.Left.Rows * tileBytes;
                source.Term.BStep = tileBytes;
                memory += tiles * source.PanelBytes;
                var pack = new PackJob
                {
                    From = Address(factor.Right),
                    FromRow = RowBytes(factor.Right),
                    To = source.Panels,
                    Rows = factor.Left.Rows,
                    Tiles = tiles,
                    VectorsPerTile = vectorsPerTile,
                    Vectors = Vectors(columns),
                    Parts = Math.Min(tiles, 2 * team.Threads),
                };
                team.Run(ref pack, pack.Parts);
            }
            bool sparse = skipZeros && (long)factor.Left.Rows * rows * columns > SmallWork && IsSparse(factor.Left);
            if (sparse) source.Lists = List(factor.Left, blocks, acrossRows: false, source.Term.BStep, ref memory);
            sources[count++] = source;
        }
        foreach (ref readonly Factor factor in factors)
        {
            if (!IsSmall(factor)) continue;
            var source = new Source(factor);
            nint rowBytes = (nint)Scratch.Lines((long)rows * sizeof(T));
            T coefficient = T.CreateTruncating(factor.Scale / last);
            for (int k = 0; k < factor.Left.Rows; k++)
                for (int r = 0; r < rows; r++)
                    ((T*)(memory + k * rowBytes))[r] = coefficient * ((T*)(source.Term.A + k * source.Term.AStep))[r];
            source.Term.A = memory;
            source.Term.AStep = rowBytes;
            memory += factor.Left.Rows * rowBytes;
            sources[count++] = source;
        }
        var job = new OuterJob<TEnd>
        {
            Destination = Address(destination),
            DestinationRow = RowBytes(destination),
            Rows = rows,
            Columns = columns,
            Sources = sources,
            SourceCount = count,
            RowBlocks = blocks,
            VectorsPerTile = vectorsPerTile,
            End = end,
        };
        job.ColumnParts = (int)Math.Clamp(depth * columns * sizeof(T) / OuterCacheBytes + 1, 1, tiles);
        int parts = Math.Max(depth, 1) * rows * columns <= SmallWork ? 1 : PartsPerThread * team.Threads;
        job.RowParts = Math.Min(blocks, Math.Max(parts / job.ColumnParts, Math.Min(parts, 2 * team.Threads)));
        team.Run(ref job, job.ColumnParts * job.RowParts);
    }

    static bool IsPacked(in Factor factor, int blocks) => IsLarge(factor) && factor.Left.Rows >= PackedRows && blocks >= 8;

    /// <summary>Copies the columns of each tile together.</summary>
    struct PackJob : IJob
    {
        public byte* From, To;
        public nint FromRow;
        public int Rows, Tiles, VectorsPerTile, Vectors, Parts;

        public readonly void Execute(int part)
        {
            int tileBytes = VectorsPerTile * VectorBytes;
            for (int tile = Start(Tiles, Parts, part); tile < Start(Tiles, Parts, part + 1); tile++)
            {
                int width = Math.Min(VectorsPerTile, Vectors - tile * VectorsPerTile);
                CopyColumns(From + (nint)tile * tileBytes, FromRow, Rows, width, To + (nint)tile * Rows * tileBytes, tileBytes);
            }
        }
    }

    /// <summary>A factor as the tiles see it.</summary>
    struct Source
    {
        public Term<T> Term;
        public Listing* Lists;

        /// <summary>The right side, tile by tile, if it was copied.</summary>
        public byte* Panels;
        public nint PanelBytes;

        public Source(in Factor factor) => Term = new()
        {
            A = Address(factor.Left),
            ARow = sizeof(T),
            AStep = RowBytes(factor.Left),
            B = Address(factor.Right),
            BStep = RowBytes(factor.Right),
            Count = factor.Left.Rows,
        };
    }

    struct OuterJob<TEnd> : IJob where TEnd : struct, ITileEnd<TV>
    {
        public byte* Destination;
        public nint DestinationRow;
        public int Rows, Columns, SourceCount, RowBlocks, VectorsPerTile, ColumnParts, RowParts;
        public Source* Sources;
        public TEnd End;

        public readonly void Execute(int part)
        {
            int row = part % RowParts, column = part / RowParts, vectors = Vectors(Columns);
            int firstVector = Start(Blocks(vectors, VectorsPerTile), ColumnParts, column) * VectorsPerTile;
            int endVector = Math.Min(vectors, Start(Blocks(vectors, VectorsPerTile), ColumnParts, column + 1) * VectorsPerTile);
            Term<T>* terms = stackalloc Term<T>[SourceCount];
            for (int block = Start(RowBlocks, RowParts, row); block < Start(RowBlocks, RowParts, row + 1); block++)
            {
                int first = Start(Rows, RowBlocks, block), rows = Start(Rows, RowBlocks, block + 1) - first;
                for (int i = 0; i < SourceCount; i++)
                {
                    terms[i] = Sources[i].Term;
                    if (Sources[i].Lists != null) Sources[i].Lists[block].Apply(ref terms[i], rows);
                    else terms[i].A += first * sizeof(T);
                }
                byte* target = Destination + first * DestinationRow;
                for (int vector = firstVector; vector < endVector;)
                {
                    int left = Math.Min(endVector - vector, VectorsPerTile), step = left >= 4 ? 4 : left >= 2 ? 2 : 1;
                    nint offset = (nint)vector * VectorBytes;
                    int tile = vector / VectorsPerTile;
                    for (int i = 0; i < SourceCount; i++)
                        if (Sources[i].Panels != null)
                            terms[i].B = Sources[i].Panels + tile * (Sources[i].PanelBytes - VectorsPerTile * VectorBytes);
                    OuterTile<TV, T, TO>.Run(rows, step, terms, SourceCount, offset, target + offset, DestinationRow, false, in End);
                    vector += step;
                }
                if (endVector == vectors && vectors * TO.Count > Columns)
                    End.Clear(target, DestinationRow, rows, Columns, vectors * TO.Count);
            }
        }
    }
}
