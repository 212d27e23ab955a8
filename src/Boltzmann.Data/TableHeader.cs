using System.Text;

namespace Boltzmann.Data;

/// <summary>Tells by the first rows of a table whether the first one names the columns.</summary>
static class TableHeader
{
    /// <summary>Rows behind the first that are looked at.</summary>
    public const int RowsLookedAt = 100;

    static readonly string[] truths = ["true", "false", "yes", "no"];

    /// <summary>
    /// A header has no values. It stands above numbers; or its cells all differ, and in some column it is a text that occurs in none of the
    /// rows below, though these repeat themselves or are words for truth. A table of text alone so keeps its first row.
    /// </summary>
    /// <param name="rows">The first rows. What is empty or of another length tells nothing.</param>
    /// <param name="markers">Texts that stand for values that are not there.</param>
    /// <param name="comma">Whether numbers have a decimal comma.</param>
    public static bool IsFirst(IReadOnlyList<string[]> rows, MissingMarkers markers, bool comma)
    {
        string[] first = rows[0];
        if (Array.Exists(first, IsValue) || Array.TrueForAll(first, string.IsNullOrEmpty)) return false;
        if (rows.Count == 1) return true;
        if (first.Zip(rows[1]).Any(pair => !BeginsLikeNumber(pair.First) && BeginsLikeNumber(pair.Second))) return true;
        if (Array.Exists(first, string.IsNullOrEmpty) || first.Distinct(StringComparer.Ordinal).Count() < first.Length) return false;
        return Enumerable.Range(0, first.Length).Any(c => IsNameOf(first[c],
            [.. rows.Skip(1).Where(row => row.Length == first.Length).Select(row => row[c]).Where(cell => cell != "")]));

        bool IsValue(string cell)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(cell);
            return TextNumber.IsNumber(cell, comma) || TextNumber.TryReadTruth(bytes, out _) || (cell != "" && markers.Contains(bytes));
        }
    }

    /// <summary>The cells of a header as names; an empty one is named by its number from 1.</summary>
    public static string[] Names(string[] cells) => [.. cells.Select((cell, c) => cell == "" ? $"column {c + 1}" : cell)];

    // Whether a text is that of a column, not of a row: the rows have few texts, none of them this one.
    static bool IsNameOf(string text, string[] below)
    {
        if (below.Length == 0 || below.Contains(text, StringComparer.Ordinal)) return false;
        bool areTruths = Array.TrueForAll(below, IsTruth), repeat = below.Distinct(StringComparer.Ordinal).Count() < below.Length;
        return areTruths ? !IsTruth(text) : repeat;
    }

    static bool IsTruth(string text) => truths.Contains(text, StringComparer.OrdinalIgnoreCase);

    // Numbers, and what stands for them though it cannot be read: 10%, 0,75, 3 km.
    static bool BeginsLikeNumber(string text) => text.AsSpan().TrimStart("+-.,") is [>= '0' and <= '9', ..];
}
