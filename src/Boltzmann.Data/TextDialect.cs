namespace Boltzmann.Data;

/// <summary>How a table of text is written, as found out or stated.</summary>
/// <param name="Delimiter">Between cells; a blank for runs of blanks.</param>
/// <param name="HasDecimalComma">Whether fractions stand behind a comma, 0,75.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="Comments">Lines that begin with # or % before the table, which are passed over.</param>
public sealed record TextDialect(char Delimiter, bool HasDecimalComma, bool HasHeader, int Comments)
{
    /// <summary>What separates cells, in a word.</summary>
    public string Separators => NameOf(Delimiter);

    /// <inheritdoc/>
    public override string ToString() => $"cells separated by {Separators}, decimal {(HasDecimalComma ? "comma" : "point")}, "
        + (HasHeader ? "names in the first row" : "no header")
        + (Comments == 0 ? "" : $", {Comments} line{(Comments == 1 ? "" : "s")} of comment passed over");

    internal static string NameOf(char delimiter) => delimiter switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "bars (|)",
        ' ' => "blanks",
        _ => Quoted.Text([delimiter]),
    };
}
