namespace Boltzmann.Compute.Cpu;

/// <summary>Up to four rows that share counters, and as many columns as the words' buffer holds.</summary>
/// <param name="Group">Rows 4·Group to 4·Group + 3, of which this block has some.</param>
/// <param name="FirstRow">Its first row.</param>
/// <param name="EndRow">Behind its last row.</param>
/// <param name="Column">Its first column.</param>
/// <param name="Width">Its number of columns.</param>
readonly record struct WordBlock(uint Group, int FirstRow, int EndRow, int Column, int Width)
{
    /// <summary>Columns of a full block: 4 KB of words.</summary>
    public const int Units = 256;
}
