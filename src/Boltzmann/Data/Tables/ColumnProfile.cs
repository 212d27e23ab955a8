namespace Boltzmann.Data;

/// <summary>What is seen of a column while its table is read once, and what it therefore holds.</summary>
sealed class ColumnProfile
{
    /// <summary>The most words of a categorical column, and the most whole numbers that are taken for words.</summary>
    internal const int MostWords = 100, MostCodes = 10;

    // The high word of pairs that are written in many ways.
    static readonly string[] truths = ["true", "yes", "y", "t"];

    // Each word with its number, if it is one.
    readonly Dictionary<string, double> words;
    readonly Dictionary<string, double>.AlternateLookup<ReadOnlySpan<byte>> wordsByUtf8;
    int rows, missing, decimals, fewestDecimals = int.MaxValue, notNumbers;
    double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, last = double.NaN;
    bool isWhole = true, isIndex = true;
    string firstWord = "", firstPlace = "";
    string? unusable;

    readonly string name;

    /// <summary>Nothing is seen yet.</summary>
    /// <param name="name">Its name.</param>
    public ColumnProfile(string name)
    {
        this.name = name;
        words = new(Utf8Words.Ordinal);
        wordsByUtf8 = words.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Takes the field of the next row.</summary>
    public void Add(ITableReader row, int column)
    {
        rows++;
        if (unusable is not null) return;
        if (row.Unusable(column) is string what)
        {
            (unusable, firstPlace) = (what, row.Where(column));
            return;
        }
        if (row.IsMissing(column))
        {
            missing++;
            return;
        }
        bool isNumber = row.TryNumber(column, out double x);
        ReadOnlySpan<byte> text = row.Utf8(column);
        // The text itself is asked for where it is new: it is checked to be one.
        if (words.Count <= MostWords && !wordsByUtf8.ContainsKey(text)) words.Add(row.Text(column), x);
        if (!isNumber)
        {
            if (notNumbers++ == 0) (firstWord, firstPlace) = (row.Text(column), row.Where(column));
            return;
        }
        (minimum, maximum) = (Math.Min(minimum, x), Math.Max(maximum, x));
        isWhole &= x == Math.Floor(x) && Math.Abs(x) < 1e15;
        isIndex &= double.IsNaN(last) || x == last + 1;
        last = x;
        int written = DecimalsOf(text);
        (decimals, fewestDecimals) = (Math.Max(decimals, written), Math.Min(fewestDecimals, written));
    }

    /// <summary>The column as it is found or as somebody says.</summary>
    /// <param name="stated">What it holds; null to find out.</param>
    /// <param name="ignoresUnusable">Whether a column of what no model learns is left out; it is refused otherwise.</param>
    /// <exception cref="BadInputException">It does not hold what was stated, or has no value at all.</exception>
    public TableColumn Finish(ColumnType? stated, bool ignoresUnusable = false)
    {
        var column = new TableColumn(name, stated ?? ColumnType.Ignored) { Missing = missing };
        if (unusable is not null)
        {
            if (stated == ColumnType.Ignored) return column;
            return ignoresUnusable ? column with { Type = ColumnType.Ignored, Reason = $"holds {unusable}" }
                : throw new BadInputException($"{firstPlace} is {unusable}: expected numbers, texts or true and false; --ignore {name} "
                    + "leaves the column out");
        }
        if (stated == ColumnType.Ignored) return Constant(column);
        if (missing == rows)
            throw new BadInputException($"column {Quoted.Text(name)} has no value in any row; --ignore {name} leaves it out");
        return stated switch
        {
            null => Found(column),
            ColumnType.Binary => words.Count == 2 ? WithWords(column)
                : throw Not("binary", $"it has {Several(words.Count)} values: expected two; --types {name}=categorical"),
            ColumnType.Categorical => words.Count <= MostWords ? WithWords(column)
                : throw Not("categorical", $"it has more than {MostWords} values"),
            ColumnType.Count => notNumbers == 0 && isWhole && minimum >= 0 ? Numbers(column)
                : throw Not("a count", notNumbers > 0 ? $"{firstPlace} is {Quoted.Text(firstWord)}"
                    : "it has numbers that are not whole, or below 0"),
            _ => notNumbers == 0 ? Numbers(column) : throw Not("numbers", $"{firstPlace} is {Quoted.Text(firstWord)}"),
        };
    }

    TableColumn Found(TableColumn column)
    {
        int present = rows - missing;
        if (words.Count == 1) return Constant(column) with { Reason = $"always {Quoted.Text(words.Keys.First())}" };
        if (notNumbers > 0 && present - notNumbers >= notNumbers)
            throw new BadInputException($"{firstPlace} is {Quoted.Text(firstWord)} among numbers: expected a number"
                + $"{(firstWord.Contains(',') ? " with a decimal point" : "")}; --types "
                + $"{name}=categorical takes words, --na {firstWord} makes it a missing value");
        if (notNumbers > 0)
        {
            if (words.Count == 2) return WithWords(column with { Type = ColumnType.Binary });
            // Words that hardly ever come again tell nothing of other rows: names, keys, sentences.
            return words.Count <= MostWords && 2 * words.Count <= present ? WithWords(column with { Type = ColumnType.Categorical })
                : column with { Reason = $"{Several(words.Count)} different texts, such as {Quoted.Text(firstWord)}" };
        }
        if (isWhole && isIndex && present > MostCodes) return column with { Reason = "numbers its rows" };
        if (words.Count == 2) return WithWords(column with { Type = ColumnType.Binary });
        if (isWhole && words.Count <= MostCodes && 4 * words.Count <= present)
            return WithWords(column with { Type = ColumnType.Categorical });
        return Numbers(column with { Type = isWhole && minimum >= 0 ? ColumnType.Count : ColumnType.Real });
    }

    TableColumn Numbers(TableColumn column) =>
        column with
        {
            Minimum = minimum,
            Maximum = maximum,
            Decimals = isWhole ? 0 : Math.Min(TableColumn.MostDecimals, decimals),
            WrittenDecimals = Math.Min(TableColumn.MostDecimals, fewestDecimals),
        };

    TableColumn Constant(TableColumn column) => words.Count == 1 ? column with { Categories = [words.Keys.First()] } : column;

    TableColumn WithWords(TableColumn column)
    {
        string[] sorted = notNumbers == 0
            ? [.. words.OrderBy(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Select(word => word.Key)]
            : [.. words.Keys.Order(StringComparer.Ordinal)];
        if (column.Type == ColumnType.Binary && notNumbers > 0 && truths.Contains(sorted[0].ToLowerInvariant())) Array.Reverse(sorted);
        return column with { Categories = sorted };
    }

    BadInputException Not(string type, string why) => new($"column {Quoted.Text(name)} is not {type}: {why}");

    static string Several(int count) => count > MostWords ? $"more than {MostWords}" : $"{count}";

    static int DecimalsOf(ReadOnlySpan<byte> text)
    {
        int exponent = text.IndexOfAny((byte)'e', (byte)'E'), sign = text.IndexOfAny((byte)'.', (byte)',');
        if (exponent >= 0) return TableColumn.MostDecimals;
        return sign < 0 ? 0 : text.Length - sign - 1;
    }
}
