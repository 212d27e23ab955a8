using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Counts of draws from each block's softmax; cumulative sums in double, searched by halving.</summary>
/// <param name="destination">Counts.</param>
/// <param name="inputs">x.</param>
/// <param name="bias">b.</param>
/// <param name="categories">Columns of a block.</param>
/// <param name="draws">Draws of every row, or the most of any.</param>
/// <param name="ofRows">Draws of each row, [B × 1], from a single block; default for the same in all.</param>
/// <param name="draw">Random numbers.</param>
readonly unsafe struct SoftmaxSample(Operand destination, Operand inputs, Operand bias, int categories, int draws, Operand ofRows,
    Draw draw) : IKernel
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
            if (r == firstRow || (r & 3) == 0)
            {
                if (ofRows.Address != 0)
                {
                    units = 0;
                    for (int other = r; other < Math.Min(endRow, (r | 3) + 1); other++) units = Math.Max(units, Own<TV, T, TO>(other));
                }
                TO.Words(words, pitch, 0, units, (uint)r >> 2, draw);
            }
            int wanted = Own<TV, T, TO>(r);
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
                for (int d = 0; d < wanted; d++)
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

    int Own<TV, T, TO>(int row) where T : unmanaged where TO : struct, IVec<TV, T> =>
        ofRows.Address == 0 ? draws : (int)TO.ToDouble(*ofRows.Row<T>(row));
}
