namespace Boltzmann.Compute.Cpu;

/// <summary>The blocks of a range of rows and columns.</summary>
struct WordBlocks(int firstRow, int endRow, int firstColumn, int endColumn)
{
    int group = firstRow >> 2, column = firstColumn - WordBlock.Units;

    public readonly WordBlocks GetEnumerator() => this;

    public readonly WordBlock Current => new((uint)group, Math.Max(firstRow, 4 * group), Math.Min(endRow, 4 * group + 4), column,
        Math.Min(WordBlock.Units, endColumn - column));

    public bool MoveNext()
    {
        column += WordBlock.Units;
        if (column >= endColumn)
        {
            column = firstColumn;
            group++;
        }
        return 4 * group < endRow;
    }
}
