using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>The products, written once. Rows are handed to tiles; a part of a job is a range of tiles.</summary>
sealed unsafe partial class Kernels<TV, T, TO>(WorkerTeam team, bool skipZeros) : Kernels
    where TV : struct where T : unmanaged, IFloatingPointIeee754<T> where TO : ITileVec<TV, T>
{
    const long SmallWork = Shares.SmallWork;

    /// <summary>Parts per thread: enough that a thread that was interrupted does not hold up the others for long.</summary>
    const int PartsPerThread = 8;

    static int VectorBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TO.Count * sizeof(T);
    }

    static int Vectors(int columns) => (columns + TO.Count - 1) / TO.Count;

    static int Blocks(int count, int size) => (count + size - 1) / size;

    /// <summary>Where block <paramref name="index"/> of <paramref name="blocks"/> begins: blocks of nearly equal size.</summary>
    static int Start(int count, int blocks, int index) => (int)((long)count * index / blocks);

    static byte* Address(Matrix matrix) => (byte*)HostStorage.AddressOf(matrix);

    static nint RowBytes(Matrix matrix) => (nint)matrix.Stride * sizeof(T);

    /// <summary>
    /// Zeros behind the last column of some rows, where a non-finite factor would have left NaN: part of the last vector written.
    /// </summary>
    static void ClearPadding(byte* row, nint rowBytes, int rows, int columns, int writtenColumns)
    {
        if (writtenColumns == columns) return;
        for (int r = 0; r < rows; r++, row += rowBytes) new Span<T>((T*)row + columns, writtenColumns - columns).Clear();
    }

    /// <summary>
    /// Some columns of each row to panels: the vectors of a tile, row after row; then those of the next tile. The last may be narrower.
    /// </summary>
    /// <param name="from">The first vector of the first row.</param>
    /// <param name="fromRow">Bytes from one row to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="vectors">Vectors of a row.</param>
    /// <param name="vectorsPerTile">Two or four of them to a tile.</param>
    /// <param name="to">The first panel.</param>
    /// <remarks>Few instructions a row: the more rows are under way at once, as each waits for memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyTiles(byte* from, nint fromRow, int rows, int vectors, int vectorsPerTile, byte* to)
    {
        nint vector = VectorBytes, tileBytes = vectorsPerTile * vector, panelBytes = rows * tileBytes;
        int whole = vectors / vectorsPerTile, rest = vectors % vectorsPerTile;
        bool isFour = vectorsPerTile == 4;
        for (int r = 0; r < rows; r++, from += fromRow, to += tileBytes)
        {
            byte* source = from, target = to;
            for (int tile = 0; tile < whole; tile++, source += tileBytes, target += panelBytes)
            {
                TO.Store(TO.Load((T*)source), (T*)target);
                TO.Store(TO.Load((T*)(source + vector)), (T*)(target + vector));
                if (!isFour) continue;
                TO.Store(TO.Load((T*)(source + 2 * vector)), (T*)(target + 2 * vector));
                TO.Store(TO.Load((T*)(source + 3 * vector)), (T*)(target + 3 * vector));
            }
            for (nint v = 0; v < rest * vector; v += vector) TO.Store(TO.Load((T*)(source + v)), (T*)(target + v));
        }
    }

    /// <summary>A sum as it is.</summary>
    readonly struct Stored : ITileEnd<TV>
    {
        public static bool IsDeferred => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(TV sums, byte* destination) => TO.Store(sums, (T*)destination);

        public void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns) =>
            ClearPadding(row, rowBytes, rows, columns, writtenColumns);
    }

    /// <summary>Added to what is there.</summary>
    readonly struct Added : ITileEnd<TV>
    {
        public static bool IsDeferred => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(TV sums, byte* destination) => TO.Store(TO.Add(TO.Load((T*)destination), sums), (T*)destination);

        public void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns) =>
            ClearPadding(row, rowBytes, rows, columns, writtenColumns);
    }

    /// <summary>keep·destination + scale·sum; a keep of 0 does not read the destination.</summary>
    readonly struct Blended(double scale, double keep) : ITileEnd<TV>
    {
        readonly TV scale = TO.Splat(T.CreateTruncating(scale)), keep = TO.Splat(T.CreateTruncating(keep));
        readonly bool keeps = keep != 0;

        public static bool IsDeferred => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(TV sums, byte* destination)
        {
            TV value = TO.Multiply(scale, sums);
            if (keeps) value = TO.Fma(keep, TO.Load((T*)destination), value);
            TO.Store(value, (T*)destination);
        }

        public void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns) =>
            ClearPadding(row, rowBytes, rows, columns, writtenColumns);
    }
}
