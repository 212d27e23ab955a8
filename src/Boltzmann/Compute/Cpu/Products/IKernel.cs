using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// An operation on a range of rows and columns: written once, compiled for each element type and vector width. TV holds lanes of T;
/// TD, of the same width, holds lanes of double, in which sums accumulate.
/// </summary>
unsafe interface IKernel
{
    /// <summary>Works on rows [firstRow, endRow) and columns [firstColumn, endColumn); the first column is a multiple of 64.</summary>
    void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>;
}

/// <summary>Where an operand's entries are. A row that serves all rows is an operand with a stride of zero.</summary>
/// <param name="Address">Entry (0, 0).</param>
/// <param name="Stride">Bytes from one row to the next.</param>
/// <param name="OnePerRow">Whether one value serves a whole row.</param>
readonly unsafe record struct Operand(nint Address, nint Stride, bool OnePerRow = false)
{
    public Operand(Matrix matrix, bool broadcast = false)
        : this(
            HostStorage.AddressOf(matrix), broadcast && matrix.Rows == 1 ? 0 : (nint)matrix.Stride * matrix.Placement.ElementBytes,
            broadcast && matrix.Columns == 1)
    {
    }

    public T* Row<T>(int row) where T : unmanaged => (T*)(Address + row * Stride);
}

/// <summary>Steps that several kernels share.</summary>
static unsafe class Rows
{
    /// <summary>Makes the lanes behind the last column zero again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ClearTail<TV, T, TO>(T* row, int columns) where T : unmanaged where TO : struct, IVec<TV, T>
    {
        int rest = columns & (TO.Count - 1);
        if (rest == 0) return;
        T* last = row + (columns - rest);
        TO.Store(TO.And(TO.FirstLanes(rest), TO.Load(last)), last);
    }

    /// <summary>Σ values, in double: four vectors of partial sums, added in an order that depends on the count alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum<T, TD, TW>(T* values, int count) where T : unmanaged where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        TD s0 = TW.Zero, s1 = TW.Zero, s2 = TW.Zero, s3 = TW.Zero;
        int n = TW.Count, i = 0;
        for (; i + 4 * n <= count; i += 4 * n)
        {
            s0 = TW.Add(s0, TW.Widen(values + i));
            s1 = TW.Add(s1, TW.Widen(values + i + n));
            s2 = TW.Add(s2, TW.Widen(values + i + 2 * n));
            s3 = TW.Add(s3, TW.Widen(values + i + 3 * n));
        }
        for (; i + n <= count; i += n) s0 = TW.Add(s0, TW.Widen(values + i));
        double sum = TW.Sum(TW.Add(TW.Add(s0, s1), TW.Add(s2, s3)));
        for (; i < count; i++) sum += typeof(T) == typeof(float) ? Conversion.Widen(*(float*)(values + i)) : *(double*)(values + i);
        return sum;
    }
}
