namespace Boltzmann.Inference;

/// <summary>Rows that a model answers with, made part by part as they are read.</summary>
public sealed class AnsweredRows
{
    readonly IEnumerable<Matrix> parts;
    bool wereRead;

    internal AnsweredRows(int count, IReadOnlyList<string> columnNames, IEnumerable<Matrix> parts) =>
        (Count, ColumnNames, this.parts) = (count, columnNames, parts);

    /// <summary>Their number.</summary>
    public int Count { get; }

    /// <summary>Names of their columns.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The rows in order, to be read once; a part may be the same matrix filled anew.</summary>
    /// <exception cref="InvalidOperationException">They were asked for before: what is drawn would be drawn anew.</exception>
    public IEnumerable<Matrix> Parts
    {
        get
        {
            if (wereRead) throw new InvalidOperationException("these rows are made as they are read, once; ask the model again");
            wereRead = true;
            return parts;
        }
    }
}
