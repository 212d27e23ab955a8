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

    static int VectorBytes => TO.Count * sizeof(T);

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

    /// <summary>Some vectors of each row, to rows close together.</summary>
    static void CopyColumns(byte* from, nint fromRow, int rows, int vectors, byte* to, nint toRow)
    {
        for (int r = 0; r < rows; r++, from += fromRow, to += toRow)
            for (int v = 0; v < vectors * VectorBytes; v += VectorBytes) TO.Store(TO.Load((T*)(from + v)), (T*)(to + v));
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
