namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Which rows of a weight-sized matrix belong to which thread: ranges of nearly equal size, the same for every operation on so many rows by
/// so many threads, so that a core meets again the weights, and what the optimiser remembers of them, that it has in its cache.
/// </summary>
/// <remarks>
/// Rows rather than columns: a range of rows is contiguous memory, which prefetchers do not leave. Bits never depend on shares.
/// </remarks>
readonly struct Shares
{
    /// <summary>Rows that stay together: a cache line of float32 in a product with transposed weights, whose outputs they are.</summary>
    public const int Grain = 16;

    /// <summary>Multiply-adds below which one thread is enough: they take about as long as a fork and join.</summary>
    public const long SmallWork = 1 << 16;

    /// <summary>Nanoseconds to hand a thread its share; and per multiply-add and per weight, of one thread.</summary>
    const double Handing = 200, PerMultiplyAdd = 0.015, PerWeight = 0.1;

    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="threads">The most threads that share it.</param>
    public Shares(int rows, int threads)
    {
        Rows = rows;
        // Of 49 grains, 16 threads take up to four each, and so do 13: the others would have nothing to do but to be waited for.
        int most = Math.Max(1, (Grains + threads - 1) / threads);
        Count = Math.Max(1, (Grains + most - 1) / most);
    }

    /// <summary>Rows of the matrix.</summary>
    public int Rows { get; }

    /// <summary>Shares, none of them empty but where the matrix is.</summary>
    public int Count { get; }

    int Grains => (Rows + Grain - 1) / Grain;

    /// <summary>The first row of a share; of the share behind the last, the number of rows.</summary>
    public int Start(int share) => (int)Math.Min(Rows, (long)Grains * share / Count * Grain);

    /// <summary>
    /// The first of the blocks of so many rows each that belong to a share: a block belongs to the share in which it begins.
    /// </summary>
    public int FirstBlock(int share, int size) => (Start(share) + size - 1) / size;

    /// <summary>
    /// Threads that a product pays for. They depend on the matrix and on the examples alone, so that all operations of a step agree on the
    /// shares.
    /// </summary>
    /// <param name="rows">Rows of the weights.</param>
    /// <param name="columns">Columns of the weights.</param>
    /// <param name="examples">Rows of the other operand.</param>
    /// <param name="threads">The most there can be.</param>
    public static int Threads(int rows, int columns, int examples, int threads)
    {
        double weights = (double)rows * columns;
        return weights * examples <= SmallWork ? 1
            : Math.Max(Worth(weights * (PerMultiplyAdd * examples + PerWeight), threads), Math.Min(2, threads));
    }

    /// <summary>
    /// Threads that work of so many nanoseconds pays for. With n of them it takes time/n and n·handing, which is least at
    /// n = √(time/handing).
    /// </summary>
    /// <param name="nanoseconds">Of one thread.</param>
    /// <param name="threads">The most there can be.</param>
    public static int Worth(double nanoseconds, int threads) => (int)Math.Clamp(Math.Sqrt(nanoseconds / Handing), 1, threads);
}
