using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <content>Sums of leftᵀ·right, kept or turned at once into an optimiser's step.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    /// <summary>A factor with no more rows than this has its scale multiplied into a copy of its left side.</summary>
    const int FoldedRows = 3;

    const int OuterRows = 6;

    /// <summary>Bytes of a row whose sums wait for a deferred end: of all rows of a tile they stay in half of the L1 cache.</summary>
    const int DeferredBytes = 2048;

    /// <summary>
    /// From so many rows on, a factor's right side is first copied into panels as wide as a tile: rows that are a page apart would cost
    /// an address translation each time one is read.
    /// </summary>
    const int PackedRows = 32;

    /// <summary>
    /// From so many rows on, columns of a factor's left side are copied block by block, for the same reason: of each line that a column
    /// meets only a part is used, and so many lines do not stay in the L1 cache. With 16 registers a tile passes them more often.
    /// </summary>
    static int CopiedRows => ManyRegisters ? 256 : 32;

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
        else if (rule.IsAdaGrad) Outer(parameter, factors, new AdaGrad(rule, LastScale(factors), toFirst));
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
        int deepest = 0;
        long depth = 0, memoryBytes = Scratch.Lines(factors.Length * (long)sizeof(Source));
        int blocks = Blocks(rows, OuterRows), vectorsPerTile = ManyRegisters ? 4 : 2, tiles = Blocks(Vectors(columns), vectorsPerTile);
        nint tileBytes = vectorsPerTile * VectorBytes;
        foreach (ref readonly Factor factor in factors)
        {
            depth += factor.Left.Rows;
            deepest = Math.Max(deepest, factor.Left.Rows);
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
                };
                int packers = Shares.Worth((double)factor.Left.Rows * columns * CopyingTime, team.Threads);
                pack.Parts = packers == 1 ? 1 : Math.Min(tiles, 2 * packers);
                team.Run(ref pack, pack.Parts, packers);
            }
            bool sparse = skipZeros && (long)factor.Left.Rows * rows * columns > SmallWork && IsSparse(factor.Left);
            if (sparse || IsCopied(factor, blocks))
                source.Lists = List(factor.Left, blocks, false, !sparse, factor.Left.Rows, source.Term.BStep, ref memory);
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
        int threads = Shares.Threads(rows, columns, Math.Max(deepest, 1), team.Threads);
        var job = new OuterJob<TEnd>
        {
            Destination = Address(destination),
            DestinationRow = RowBytes(destination),
            Columns = columns,
            Sources = sources,
            SourceCount = count,
            VectorsPerTile = vectorsPerTile,
            Shares = new(rows, threads),
            End = end,
        };
        // Few rows make few shares: then several threads take columns of one.
        int together = Math.Max(1, threads / job.Shares.Count);
        int cached = (int)Math.Min(depth * columns * sizeof(T) / OuterCacheBytes + 1, tiles);
        job.ColumnParts = Math.Min(tiles, Math.Max(cached, together));
        job.ColumnParts = Math.Min(job.ColumnParts, Crew.MaximumParts / PartsPerThread / job.Shares.Count);
        job.RowParts = threads == 1 ? 1 : Math.Min(blocks, Math.Max(2, PartsPerThread / job.ColumnParts));
        team.Run(ref job, job.Parts, job.Shares.Count * together);
    }

    static bool IsPacked(in Factor factor, int blocks) => IsLarge(factor) && factor.Left.Rows >= PackedRows && blocks >= 8;

    static bool IsCopied(in Factor factor, int blocks) => IsLarge(factor) && factor.Left.Rows >= CopiedRows && blocks >= 8;

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
                CopyTiles(From + (nint)tile * tileBytes, FromRow, Rows, width, VectorsPerTile, To + (nint)tile * Rows * tileBytes);
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

        /// <summary>Puts a term at the tile that a vector lies in.</summary>
        public readonly void At(int vector, int vectorsPerTile, ref Term<T> term)
        {
            nint tileBytes = (nint)vectorsPerTile * VectorBytes;
            term.BTile = Panels == null ? tileBytes : PanelBytes;
            term.B = Panels == null ? Term.B + (nint)vector * VectorBytes
                : Panels + vector / vectorsPerTile * PanelBytes + vector % vectorsPerTile * VectorBytes;
        }
    }

    struct OuterJob<TEnd> : IJob where TEnd : struct, ITileEnd<TV>
    {
        public byte* Destination;
        public nint DestinationRow;
        public int Columns, SourceCount, VectorsPerTile, ColumnParts, RowParts;
        public Shares Shares;
        public Source* Sources;
        public TEnd End;

        /// <summary>Parts of one share stand together, so that a thread's slice of the parts is its share.</summary>
        public readonly int Parts => Shares.Count * ColumnParts * RowParts;

        public readonly void Execute(int part)
        {
            int perShare = ColumnParts * RowParts, share = part / perShare, column = part % perShare / RowParts, row = part % RowParts;
            int vectors = Vectors(Columns), tiles = Blocks(vectors, VectorsPerTile);
            int firstVector = Start(tiles, ColumnParts, column) * VectorsPerTile;
            int endVector = Math.Min(vectors, Start(tiles, ColumnParts, column + 1) * VectorsPerTile);
            int first = Shares.FirstBlock(share, OuterRows), count = Shares.FirstBlock(share + 1, OuterRows) - first;
            Term<T>* terms = stackalloc Term<T>[SourceCount];
            for (int block = first + Start(count, RowParts, row); block < first + Start(count, RowParts, row + 1); block++)
                Block(block, firstVector, endVector, terms);
        }

        readonly void Block(int block, int firstVector, int endVector, Term<T>* terms)
        {
            int first = block * OuterRows, rows = Math.Min(OuterRows, Shares.Rows - first);
            for (int i = 0; i < SourceCount; i++)
            {
                terms[i] = Sources[i].Term;
                if (Sources[i].Lists != null) Sources[i].Lists[block].Apply(ref terms[i], rows);
                else terms[i].A += first * sizeof(T);
            }
            byte* target = Destination + first * DestinationRow;
            if (!TEnd.IsDeferred)
                Tiles(rows, firstVector, endVector, terms, target + (nint)firstVector * VectorBytes, DestinationRow, in End);
            else
            {
                nint bandBytes = Math.Min(DeferredBytes / VectorBytes, endVector - firstVector) * VectorBytes;
                byte* sums = Scratch.ForPart(OuterRows * bandBytes);
                Stored stored = default;
                for (int vector = firstVector, end; vector < endVector; vector = end)
                {
                    end = Math.Min(endVector, vector + DeferredBytes / VectorBytes);
                    Tiles(rows, vector, end, terms, sums, bandBytes, in stored);
                    Finish(rows, end - vector, sums, bandBytes, target + (nint)vector * VectorBytes);
                }
            }
            if (endVector * TO.Count > Columns) End.Clear(target, DestinationRow, rows, Columns, endVector * TO.Count);
        }

        /// <summary>Vectors of one block of rows, tile after tile; the first vector begins a tile.</summary>
        readonly void Tiles<TTileEnd>(int rows, int vector, int endVector, Term<T>* terms, byte* target, nint targetRow, in TTileEnd end)
            where TTileEnd : struct, ITileEnd<TV>
        {
            while (vector < endVector)
            {
                int left = endVector - vector, width = left >= 4 ? Math.Min(4, VectorsPerTile) : left >= 2 ? 2 : 1;
                int count = width == VectorsPerTile ? left / width : 1;
                for (int i = 0; i < SourceCount; i++) Sources[i].At(vector, VectorsPerTile, ref terms[i]);
                OuterTile<TV, T, TO>.Run(rows, width, terms, SourceCount, count, target, targetRow, false, in end);
                vector += width * count;
                target += width * count * VectorBytes;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        readonly void Finish(int rows, int vectors, byte* sums, nint sumsRow, byte* target)
        {
            TEnd end = End;
            for (int r = 0; r < rows; r++, sums += sumsRow, target += DestinationRow)
                for (nint c = 0; c < (nint)vectors * VectorBytes; c += VectorBytes) end.Apply(TO.Load((T*)(sums + c)), target + c);
        }
    }
}
