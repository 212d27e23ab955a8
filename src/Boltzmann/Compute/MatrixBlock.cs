namespace Boltzmann.Compute;

/// <summary>A part of a matrix: some successive rows and columns of it.</summary>
/// <param name="FirstRow">Its first row.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="FirstColumn">Its first column.</param>
/// <param name="Columns">Number of columns.</param>
public readonly record struct MatrixBlock(int FirstRow, int Rows, int FirstColumn, int Columns)
{
    /// <summary>Number of entries.</summary>
    public long Count => (long)Rows * Columns;
}
