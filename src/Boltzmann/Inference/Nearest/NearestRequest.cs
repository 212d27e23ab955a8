namespace Boltzmann.Inference;

/// <summary>Which rows are most like a query: one of the rows, or some words.</summary>
public sealed record NearestRequest
{
    /// <summary>What <see cref="Count"/> stands at.</summary>
    public const int DefaultCount = 10;

    /// <summary>The rows to look through.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>Words, with blanks between them, of a model of documents; null for a row.</summary>
    public string? Query { get; init; }

    /// <summary>The number of the row that others are to be like, from 1; null for words.</summary>
    public int? Like { get; init => field = Requested.AtLeast(1, "like", value); }

    /// <summary>How many rows are wanted.</summary>
    public int Count { get; init => field = Requested.AtLeast(1, "count", value) ?? DefaultCount; } = DefaultCount;
}
