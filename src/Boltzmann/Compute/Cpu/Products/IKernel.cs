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
