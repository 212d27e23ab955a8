namespace Boltzmann.Data;

/// <summary>What to know about a file of sparse rows that it does not say itself. The defaults find out.</summary>
public sealed record SparseOptions
{
    /// <summary>
    /// Columns of the rows, for files that number them; null for as many as the greatest number says. A file of test rows may lack the last
    /// columns of its training rows.
    /// </summary>
    public int? Columns { get; init; }

    /// <summary>
    /// svmlight: the number of the first column, 0 or 1; null to find out: 1 where no entry has the number 0.
    /// </summary>
    public int? FirstIndex { get; init; }

    /// <summary>Whether entries of further columns are passed over; they are refused otherwise.</summary>
    public bool IgnoreExtra { get; init; }

    /// <summary>Triples and ratings: names of the columns, in this order; null for those that occur.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Triples and ratings: whether the first line names the fields; null to find out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Triples and ratings: between fields; null for <c>::</c>, else whichever of comma, semicolon and tab the first line has most
    /// of.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The classes, in order, where they are settled already; null to take those that occur, in order.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>What a data source is told, for a file of sparse rows.</summary>
    internal static SparseOptions Of(DataOptions options) => new()
    {
        Columns = options.Columns,
        FirstIndex = options.FirstIndex,
        IgnoreExtra = options.Csv.IgnoreExtra,
        ColumnNames = options.Csv.Columns,
        HasHeader = options.Csv.HasHeader,
        Delimiter = options.Csv.Delimiter,
        LabelNames = options.Csv.LabelNames,
    };
}
