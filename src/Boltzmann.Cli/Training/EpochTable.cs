namespace Boltzmann.Cli.Training;

/// <summary>
/// A table that grows by a line an epoch and is never wider than the terminal: columns are left out from the least important one on. Where
/// a number needs more room than its column has, or the terminal was resized, the table goes on under new titles.
/// </summary>
/// <param name="columns">In the order in which they stand.</param>
sealed class EpochTable(IReadOnlyList<EpochColumn> columns)
{
    const int Gap = 2;

    readonly int[] widths = [.. columns.Select(c => Math.Max(c.Least, Math.Max(c.Header.Upper.Length, c.Header.Lower.Length)))];
    int[]? shown;

    /// <summary>The lines that show one more epoch: titles where they are needed, and its own.</summary>
    /// <param name="cells">Texts by the key of their column; a column without is blank.</param>
    /// <param name="width">Places in a line.</param>
    public IEnumerable<string> Add(IReadOnlyDictionary<string, string> cells, int width)
    {
        bool grown = false;
        for (int c = 0; c < columns.Count; c++)
            if (cells.TryGetValue(columns[c].Key, out string? cell) && cell.Length > widths[c])
                (widths[c], grown) = (cell.Length, grown || shown?.Contains(c) == true);
        int[] fitting = Fitting(width);
        if (shown is null || grown || !shown.SequenceEqual(fitting))
        {
            shown = fitting;
            yield return Line(c => columns[c].Header.Upper);
            yield return Line(c => columns[c].Header.Lower);
            yield return Line(c => new string('─', widths[c]));
        }
        yield return Line(c => cells.GetValueOrDefault(columns[c].Key, ""));
    }

    int[] Fitting(int width)
    {
        int used = -Gap;
        var taken = new List<int>();
        foreach (var group in columns.Index().GroupBy(c => c.Item.Importance).OrderBy(g => g.Key))
        {
            used += group.Sum(c => widths[c.Index] + Gap);
            if (used > width && taken.Count > 0) break;
            taken.AddRange(group.Select(c => c.Index));
        }
        return [.. taken.Order()];
    }

    string Line(Func<int, string> text) =>
        string.Join(new string(' ', Gap), shown!.Select(c => text(c).PadLeft(widths[c]))).TrimEnd();
}
