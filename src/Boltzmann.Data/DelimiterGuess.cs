using System.Buffers;

namespace Boltzmann.Data;

/// <summary>
/// Finds what separates the cells of a table: what cuts its first rows into equally many cells, and the more so the more of these are
/// numbers and the fewer have what could separate others.
/// </summary>
static class DelimiterGuess
{
    const int Rows = 20;
    const char None = ',';

    // Of equals the first one is taken.
    static readonly char[] candidates = ['\t', ',', ';', '|', ' '];
    static readonly SearchValues<char> strong = SearchValues.Create("\t,;|");

    /// <summary>The separator of the records that come next.</summary>
    public static char Of(TextRecords records)
    {
        char best = None;
        double most = 0;
        foreach (char candidate in candidates)
        {
            double score = Score(records.Sample(Rows, candidate), candidate);
            if (score > most) (best, most) = (candidate, score);
        }
        return best;
    }

    static double Score(List<string[]> rows, char delimiter)
    {
        if (rows.Count == 0 || rows.TrueForAll(row => row.Length == 1)) return 0;
        var lengths = rows.CountBy(row => row.Length);
        int usual = lengths.OrderByDescending(length => length.Value).ThenByDescending(length => length.Key).First().Key;
        double agreeing = rows.Count(row => row.Length == usual) / (double)rows.Count;
        string[] cells = [.. rows.SelectMany(row => row)];
        int numbers = cells.Count(IsNumber), uncut = cells.Count(cell => cell.AsSpan().ContainsAny(strong) && !IsNumber(cell));
        // Texts have blanks: without numbers these separate nothing.
        return usual == 1 || (delimiter == ' ' && numbers == 0) ? 0 : agreeing + (numbers - uncut / 2.0) / cells.Length;

        bool IsNumber(string cell) =>
            TextNumber.IsNumber(cell, comma: false) || (delimiter != ',' && TextNumber.IsNumber(cell, comma: true));
    }
}
