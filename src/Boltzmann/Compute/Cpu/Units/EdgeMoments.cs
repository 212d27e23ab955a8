using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination[e] += scale·Σ_r w_r·a[r, first unit of e]·b[r, second unit of e], for a range of edges.</summary>
readonly unsafe struct EdgeMoments(Operand destination, Operand a, Operand b, Operand rowWeights, EdgeList edges, int rows,
    double scale) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        int count = endColumn - firstColumn;
        double* sums = (double*)Scratch.ForPart((long)count * sizeof(double));
        new Span<double>(sums, count).Clear();
        fixed (int* firsts = edges.First, seconds = edges.Second)
        {
            int* first = firsts + firstColumn, second = seconds + firstColumn;
            for (int r = 0; r < rows; r++)
            {
                T* x = a.Row<T>(r), y = b.Row<T>(r);
                double weight = rowWeights.Address == 0 ? 1 : TO.ToDouble(*rowWeights.Row<T>(r));
                for (int e = 0; e < count; e++) sums[e] += weight * TO.ToDouble(x[first[e]]) * TO.ToDouble(y[second[e]]);
            }
        }
        T* to = destination.Row<T>(0) + firstColumn;
        for (int e = 0; e < count; e++) to[e] = TO.FromDouble(TO.ToDouble(to[e]) + scale * sums[e]);
    }
}
