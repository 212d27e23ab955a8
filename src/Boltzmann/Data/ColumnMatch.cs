namespace Boltzmann.Data;

/// <summary>Finds the columns that a model learned from among those of other data, by their names.</summary>
static class ColumnMatch
{
    const int Shown = 20;

    /// <summary>For each wanted name, the place of the column that has it.</summary>
    /// <param name="found">Names of the data's columns.</param>
    /// <param name="wanted">Names of the columns to have, in order.</param>
    /// <param name="ignoreExtra">Whether the data may have others.</param>
    /// <param name="name">The data, in messages.</param>
    /// <exception cref="BadInputException">A name is missing or there twice, or the data have others.</exception>
    public static int[] Places(IReadOnlyList<string> found, IReadOnlyList<string> wanted, bool ignoreExtra, string name)
    {
        if (found.SequenceEqual(wanted)) return [.. Enumerable.Range(0, wanted.Count)];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var twice = new HashSet<string>(StringComparer.Ordinal);
        for (int c = 0; c < found.Count; c++)
            if (!places.TryAdd(found[c], c)) twice.Add(found[c]);
        var known = new HashSet<string>(wanted, StringComparer.Ordinal);
        if (known.Count < wanted.Count)
            throw new BadInputException($"{name}: the model learned from columns of equal names, so their order matters: expected "
                + $"{List(wanted)}, not {List(found)}");
        string[] missing = [.. wanted.Where(one => !places.ContainsKey(one))], extra = [.. found.Where(one => !known.Contains(one))];
        if (missing.Length > 0)
        {
            throw new BadInputException($"{name}: has no column{Plural(missing)} {List(missing)}, which the model learned from; it has "
                + $"{List(found)}{DidYouMean.Question(missing[0], extra)}"
                + (missing.Length == wanted.Count ? " (if its first line is not a header, say so: --header false)" : ""));
        }
        if (wanted.FirstOrDefault(twice.Contains) is string doubled)
            throw new BadInputException($"{name}: has two columns named {Quoted.Text(doubled)}");
        if (extra.Length > 0 && !ignoreExtra)
        {
            throw new BadInputException($"{name}: has column{Plural(extra)} {List(extra)}, which the model did not learn from; "
                + $"expected {List(wanted)} alone, or that others be passed over (--ignore-extra)");
        }
        return [.. wanted.Select(one => places[one])];
    }

    static string Plural(string[] names) => names.Length == 1 ? "" : "s";

    /// <summary>Names of columns as messages list them.</summary>
    public static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Shown).Select(one => Quoted.Text(one)))
            + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
}
