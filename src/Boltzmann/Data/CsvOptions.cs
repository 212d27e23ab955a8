namespace Boltzmann.Data;

/// <summary>What to know about a table of text that it does not say itself. The defaults find out.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands for a value that is not there unless stated: as spreadsheets, R, pandas and UCI write it.</summary>
    public static IReadOnlyList<string> UsualMissingTexts { get; } = ["", "NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "-NaN",
        "-nan", "null", "NULL", "None", "?"];

    /// <summary>
    /// Whether the first row names the columns; null to find out: it does if it has text where the second row has a number, or, above
    /// texts, one that occurs in no row below.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>The column of class labels, by name or by number from 0, −1 being the last; null for none.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>
    /// Whether a table without that column will do, and then has no labels. A number stands for a column of labels only in a table that has
    /// one column more than <see cref="Width"/>, and no name of <see cref="Columns"/> there.
    /// </summary>
    public bool IsLabelOptional { get; init; }

    /// <summary>Columns beside the labels that a table is expected to have; null where that is not known.</summary>
    public int? Width { get; init; }

    /// <summary>
    /// The columns to read, by name and in this order, wherever they stand; null for all. A table without a header is read by position.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Whether other columns than <see cref="Columns"/> are passed over, whatever they hold; they are refused otherwise.</summary>
    public bool IgnoreExtra { get; init; }

    /// <summary>
    /// Between columns, a blank standing for runs of blanks and tabs; null for whichever of comma, semicolon, tab, bar and blanks cuts the
    /// first lines into equally many cells.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// Whether fractions stand behind a comma, 0,75; null to find out: they do where some number in the first lines is written so, none has
    /// a point, and columns are not separated by commas.
    /// </summary>
    public bool? HasDecimalComma { get; init; }

    /// <summary>Cells that stand for a value that is not there, where gaps are allowed; they are refused otherwise.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = UsualMissingTexts;

    /// <summary>
    /// The classes, in order, where they are settled already (by training data); null to take those that occur, in order.
    /// </summary>
    public IReadOnlyList<string>? LabelNames { get; init; }
}
