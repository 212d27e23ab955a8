using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination = f(a, b), element by element; b may be a row, a column or one number, a and destination the same.</summary>
readonly unsafe struct Elementwise<TFunction>(Operand destination, Operand a, Operand b, double p = 0, double q = 0) : IKernel
    where TFunction : struct, IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        TV first = TO.Constant(p), second = TO.Constant(q);
        int n = TO.Count;
        bool onePerRow = b.OnePerRow;
        for (int r = firstRow; r < endRow; r++)
        {
            T* to = destination.Row<T>(r), x = a.Row<T>(r), y = b.Row<T>(r);
            if (onePerRow)
            {
                TV value = TO.Splat(*y);
                for (nint c = firstColumn; c < endColumn; c += n)
                    TO.Store(TFunction.Invoke<TV, T, TO>(TO.Load(x + c), value, first, second), to + c);
            }
            else
            {
                for (nint c = firstColumn; c < endColumn; c += n)
                    TO.Store(TFunction.Invoke<TV, T, TO>(TO.Load(x + c), TO.Load(y + c), first, second), to + c);
            }
            Rows.ClearTail<TV, T, TO>(to, endColumn);
        }
    }
}
