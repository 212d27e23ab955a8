using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>w_j ← w_j·factor_j for each column j: the product in double, rounded once.</summary>
/// <param name="weights">The matrix.</param>
/// <param name="factors">One for each column, up to a whole vector of double; those of padding are finite.</param>
readonly unsafe struct ColumnScaling(Operand weights, double* factors) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        for (int r = firstRow; r < endRow; r++)
        {
            T* w = weights.Row<T>(r);
            for (nint c = 0; c < endColumn; c += TW.Count) TW.Narrow(TW.Multiply(TW.Widen(w + c), TW.Load(factors + c)), w + c);
        }
    }
}
