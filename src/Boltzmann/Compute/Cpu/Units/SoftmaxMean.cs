using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>draws·softmax(x + b) in each block of categories.</summary>
readonly unsafe struct SoftmaxMean(Operand destination, Operand inputs, Operand bias, int categories, double draws) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        for (int r = firstRow; r < endRow; r++)
        {
            T* to = destination.Row<T>(r);
            Softmax.Exponentials<TV, T, TO>(to, inputs.Row<T>(r), bias.Row<T>(0), endColumn, categories);
            for (int first = 0; first < endColumn; first += categories)
            {
                double factor = draws / Rows.Sum<T, TD, TW>(to + first, categories);
                int c = first, end = first + categories;
                TV factors = TO.Constant(factor);
                for (; c + TO.Count <= end; c += TO.Count) TO.Store(TO.Multiply(factors, TO.Load(to + c)), to + c);
                for (; c < end; c++) to[c] = TO.FromDouble(factor * TO.ToDouble(to[c]));
            }
        }
    }
}
