using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination = f(x, p, q, u), u the draw's uniform.</summary>
readonly unsafe struct MappedDraw<TMap>(Mapping<TMap> mapping, Draw draw) : IKernel where TMap : struct, IMap<TMap>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        uint* words = stackalloc uint[4 * WordBlock.Units];
        foreach (WordBlock block in new WordBlocks(firstRow, endRow, firstColumn, endColumn))
        {
            TO.Words(words, WordBlock.Units, (uint)block.Column, block.Width, block.Group, draw);
            for (int r = block.FirstRow; r < block.EndRow; r++)
                mapping.Row<TV, T, TO>(r, block.Column, block.Width, words + (r & 3) * WordBlock.Units);
        }
    }
}
