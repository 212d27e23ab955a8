using System.Globalization;
using System.Text;

namespace Boltzmann.Data;

/// <summary>
/// A table, read row by row: fields as they stand, numbers, and gaps. Whoever asks does not know in what kind of file it is.
/// </summary>
public interface ITableReader : IDisposable
{
    /// <summary>The file, in messages.</summary>
    string Name { get; }

    /// <summary>How it is written, in words: "JSON lines", …</summary>
    string Form => "table";

    /// <summary>What the columns hold, where the kind of file settles that; null where the fields show it.</summary>
    TableSchema? Schema => null;

    /// <summary>Names of the columns; null where there is no header.</summary>
    IReadOnlyList<string>? Names { get; }

    /// <summary>Number of columns.</summary>
    int Columns { get; }

    /// <summary>Goes to the next row, the first at first.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="BadInputException">It has another number of columns, or is not well-formed.</exception>
    bool Read();

    /// <summary>A field of the row.</summary>
    string Text(int column);

    /// <summary>The same as UTF-8, without an object for each; until the next row or field.</summary>
    ReadOnlySpan<byte> Utf8(int column) => Encoding.UTF8.GetBytes(Text(column));

    /// <summary>Whether the field has no value.</summary>
    bool IsMissing(int column);

    /// <summary>The field as a finite number; truth is 1 or 0.</summary>
    /// <returns>Whether it is one.</returns>
    bool TryNumber(int column, out double value);

    /// <summary>What a field holds that no column of a model can: "a date", "a list"; null where it can be used.</summary>
    string? Unusable(int column) => null;

    /// <summary>Where the field is, to begin a message with: file, line and column.</summary>
    string Where(int column);

    /// <summary>What to say of a field that is not a finite number.</summary>
    /// <param name="column">The field.</param>
    /// <param name="allowsGaps">Whether there may be fields without a value.</param>
    /// <param name="advice">Further ways out, in words.</param>
    BadInputException NotNumber(int column, bool allowsGaps = false, string advice = "")
    {
        string? what = Unusable(column);
        if (what is null && IsMissing(column))
            return new($"{Where(column)} has no value: expected a finite number"
                + $"{(allowsGaps ? "" : ", or what gaps mean (--missing absent|unknown)")}{advice}");
        bool isQuoted = what is null && double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return new($"{Where(column)} is {what ?? (isQuoted ? "the text " : "") + Quoted.Text(Text(column))}: expected a finite number"
            + advice);
    }
}
