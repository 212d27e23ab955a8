namespace Boltzmann.Inference;

/// <summary>Rows that a model answers with, made part by part as they are read.</summary>
public sealed class AnsweredRows
{
    internal AnsweredRows(int count, IReadOnlyList<string> columnNames, IEnumerable<Matrix> parts) =>
        (Count, ColumnNames, Parts) = (count, columnNames, parts);

    /// <summary>Their number.</summary>
    public int Count { get; }

    /// <summary>Names of their columns.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The rows in order, to be read once; a part may be the same matrix filled anew.</summary>
    public IEnumerable<Matrix> Parts { get; }
}
