namespace Boltzmann.Inference;

/// <summary>
/// Which rows a model is asked about: a program's own, or data by name, which are read as those of the model's training. Without either
/// they are the data that the model was trained on, opened by the <see cref="RunContext.Data"/> of the context.
/// </summary>
public sealed record RowsRequest
{
    /// <summary>
    /// Rows in the units of the data; null to open data by name. What says how files are read means nothing to these.
    /// </summary>
    public RowData? Given { get; init; }

    /// <summary>Named set or file; null for the data that the model was trained on.</summary>
    public string? Data { get; init; }

    /// <summary>
    /// The part of a named set; null for its test part where it has one, else the training part. Of the data of the model's training,
    /// validation is also what that training held out.
    /// </summary>
    public DataSplit? Split { get; init; }

    /// <summary>Only the first so many rows; null for all.</summary>
    public int? Count { get; init => field = Requested.AtLeast(1, "rows", value); }

    /// <summary>
    /// CSV column that holds labels, by name or by number from 0 (-1 for the last); null for that of the training, where the table has it.
    /// </summary>
    public string? LabelColumn { get; init; }

    /// <summary>Whether a CSV's first line names the columns; null to find out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>What else a file does not say itself: its kind, separators, arrays; of the training's file as they were there.</summary>
    public FileReading Reading { get; init; } = new();

    /// <summary>What the bytes of a file are divided by; null for what they were in the model's training.</summary>
    public double? ScaleBytes { get; init => field = RowSource.Divisor(value); }

    /// <summary>Whether columns that the model did not learn from are passed over; they are refused otherwise.</summary>
    public bool IgnoreExtra { get; init; }

    /// <summary>Tables: whether a word that the training did not have is a missing value; it is refused otherwise.</summary>
    public bool UnseenIsAbsent { get; init; }

    /// <summary>Looked into first for named sets; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether it says which rows, beside those of the model's training.</summary>
    internal bool IsStated => Given is not null || Data is not null;
}
