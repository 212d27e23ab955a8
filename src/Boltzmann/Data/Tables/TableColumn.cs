namespace Boltzmann.Data;

/// <summary>One column of a table: what it is called, what it holds, and how its values are written.</summary>
/// <param name="Name">Its name in the header, or "column 1" where there is none.</param>
/// <param name="Type">What it holds.</param>
public sealed record TableColumn(string Name, ColumnType Type)
{
    /// <summary>
    /// Binary and categorical columns: the words, in the order of the units; of a binary column the word of 0 and the word of 1. Of an
    /// ignored column the only word that occurs, where there is but one. Empty for numbers.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Numbers: the least that occurs.</summary>
    public double Minimum { get; init; }

    /// <summary>Numbers: the greatest that occurs.</summary>
    public double Maximum { get; init; }

    /// <summary>Digits from which numbers are written as they come, in seven significant ones.</summary>
    internal const int MostDecimals = 15;

    /// <summary>Numbers: digits behind the decimal point, at most; 0 for whole numbers.</summary>
    public int Decimals { get; init; }

    /// <summary>Numbers: digits behind the decimal point that every one is written with: 1 for 41.0, whole or not.</summary>
    public int WrittenDecimals { get; init; }

    /// <summary>Fields without a value.</summary>
    public int Missing { get; init; }

    /// <summary>Why it is left out; null where it is not, or where somebody asked for it.</summary>
    public string? Reason { get; init; }

    /// <summary>Visible units that stand for it.</summary>
    public int Units => Type switch
    {
        ColumnType.Ignored => 0,
        ColumnType.Categorical => Categories.Count,
        _ => 1,
    };

    /// <summary>Whether its values are numbers on a line.</summary>
    public bool IsNumber => Type is ColumnType.Real or ColumnType.Count;

    /// <summary>Names of its units: its own, or of categories "sex=female".</summary>
    public IEnumerable<string> UnitNames => Type switch
    {
        ColumnType.Ignored => [],
        ColumnType.Categorical => Categories.Select(word => $"{Name}={word}"),
        _ => [Name],
    };

    /// <summary>Whether name, type and all else are the same.</summary>
    public bool Equals(TableColumn? other) => other is not null && Name == other.Name && Type == other.Type && Minimum == other.Minimum
        && Maximum == other.Maximum && Decimals == other.Decimals && WrittenDecimals == other.WrittenDecimals
            && Missing == other.Missing && Reason == other.Reason
        && Categories.SequenceEqual(other.Categories);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Categories.Count, Minimum, Maximum);
}
