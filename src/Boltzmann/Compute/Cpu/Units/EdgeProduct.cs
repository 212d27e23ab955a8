using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination = keep·destination + scale·(what edges bring to each unit), row by row.</summary>
readonly unsafe struct EdgeProduct(Operand destination, Operand states, Operand weights, EdgeList edges, double scale,
    double keep) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        double* sums = (double*)Scratch.ForPart((long)endColumn * sizeof(double));
        T* w = weights.Row<T>(0);
        fixed (int* first = edges.First, second = edges.Second)
            for (int r = firstRow; r < endRow; r++)
            {
                T* to = destination.Row<T>(r), x = states.Row<T>(r);
                new Span<double>(sums, endColumn).Clear();
                for (int e = 0; e < edges.Count; e++)
                {
                    double weight = TO.ToDouble(w[e]);
                    sums[first[e]] += weight * TO.ToDouble(x[second[e]]);
                    sums[second[e]] += weight * TO.ToDouble(x[first[e]]);
                }
                for (int u = 0; u < endColumn; u++) to[u] = TO.FromDouble((keep == 0 ? 0 : keep * TO.ToDouble(to[u])) + scale * sums[u]);
            }
    }
}
