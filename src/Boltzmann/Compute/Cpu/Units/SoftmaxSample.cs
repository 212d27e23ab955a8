using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Counts of draws from each block's softmax; cumulative sums in double, searched by halving.</summary>
readonly unsafe struct SoftmaxSample(Operand destination, Operand inputs, Operand bias, int categories, int draws, Draw draw) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        int units = endColumn / categories * draws;
        nint pitch = (units + 31) & ~31;                         // the words come in whole vectors, two at a time
        uint* words = (uint*)Scratch.ForPart(4 * pitch * sizeof(uint) + (nint)categories * sizeof(double));
        double* cumulative = (double*)(words + 4 * pitch);
        for (int r = firstRow; r < endRow; r++)
        {
            if (r == firstRow || (r & 3) == 0) TO.Words(words, pitch, 0, units, (uint)r >> 2, draw);
            uint* word = words + (r & 3) * pitch;
            T* to = destination.Row<T>(r);
            Softmax.Exponentials<TV, T, TO>(to, inputs.Row<T>(r), bias.Row<T>(0), endColumn, categories);
            for (int first = 0; first < endColumn; first += categories)
            {
                double total = 0;
                for (int k = 0; k < categories; k++)
                {
                    cumulative[k] = total += TO.ToDouble(to[first + k]);
                    to[first + k] = default;
                }
                for (int d = 0; d < draws; d++)
                {
                    double target = (*word++ >> 8) * (1.0 / (1 << 24)) * total;
                    int low = 0, high = categories - 1;
                    while (low < high)
                    {
                        int middle = (low + high) >> 1;
                        if (cumulative[middle] <= target) low = middle + 1;
                        else high = middle;
                    }
                    to[first + low] = TO.FromDouble(TO.ToDouble(to[first + low]) + 1);
                }
            }
        }
    }
}
