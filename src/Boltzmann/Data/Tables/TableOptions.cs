namespace Boltzmann.Data;

/// <summary>What somebody says of the columns of a table; the rest is found out.</summary>
public sealed record TableOptions
{
    /// <summary>The columns to use, by name; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Columns to leave out, by name.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>What columns hold, by name.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>The column of class labels, by name or by number from 0, −1 being the last; null for none.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>
    /// Whether columns of what no model learns (dates, lists) are left out as if somebody had said so; they are refused otherwise.
    /// </summary>
    public bool IgnoresUnusable { get; init; }

    /// <summary>Rows to read at most; null for all.</summary>
    public int? Rows { get; init; }
}
