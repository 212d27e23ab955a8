using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Takes the mean over the rows of each block off them, column by column: what is a row here is a block.</summary>
/// <param name="matrix">[blocks·size × n].</param>
/// <param name="means">[blocks × n], set to the means.</param>
/// <param name="size">Rows of a block.</param>
readonly unsafe struct BlockCentering(Operand matrix, Operand means, int size) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        TV share = TO.Splat(TO.FromDouble(1.0 / size));
        for (int block = firstRow; block < endRow; block++)
            for (nint c = 0; c < endColumn; c += TO.Count)
            {
                TV sum = TO.Zero;
                for (int r = block * size; r < (block + 1) * size; r++) sum = TO.Add(sum, TO.Load(matrix.Row<T>(r) + c));
                TV mean = TO.Multiply(sum, share);
                TO.Store(mean, means.Row<T>(block) + c);
                for (int r = block * size; r < (block + 1) * size; r++)
                {
                    T* at = matrix.Row<T>(r) + c;
                    TO.Store(TO.Subtract(TO.Load(at), mean), at);
                }
            }
    }
}
