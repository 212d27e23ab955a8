namespace Boltzmann.Ratings;

/// <summary>Titles of items from a table: an item's name as ratings have it, and what people call it.</summary>
public sealed class ItemTitles
{
    static readonly string[] titles = ["title", "name"];

    readonly Dictionary<string, string> titleOf = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<string>> itemsOf = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the first field of each line as the item and the column title or name, else the second, as its title.</summary>
    /// <param name="path">CSV, also gzip.</param>
    /// <exception cref="BadInputException">The file is missing, or a line has no second field.</exception>
    public static ItemTitles Read(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        var read = new ItemTitles();
        var lines = new TextLines(input);
        var fields = new List<Range>();
        FieldSplitter? splitter = null;
        int place = 1;
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            if (line.Trim(" \t"u8).IsEmpty) continue;
            bool isFirst = splitter is null;
            splitter ??= FieldSplitter.Of(line, null);
            if (!splitter.Split(line, fields)) throw new BadInputException($"{lines.Where}: a quotation mark without end");
            if (fields.Count <= place) throw new BadInputException(
                $"{lines.Where}: has {fields.Count} fields: expected an item and its title");
            string[] texts = new string[fields.Count];
            for (int f = 0; f < texts.Length; f++) texts[f] = FieldSplitter.Text(line[fields[f]]);
            int named = isFirst ? Array.FindIndex(texts, text => titles.Contains(text.ToLowerInvariant())) : -1;
            if (named > 0)
            {
                place = named;
                continue;
            }
            read.titleOf[texts[0]] = texts[place];
            if (!read.itemsOf.TryGetValue(texts[place], out List<string>? items)) read.itemsOf[texts[place]] = items = [];
            items.Add(texts[0]);
        }
        return read;
    }

    /// <summary>The title of an item; its name where there is none.</summary>
    public string TitleOf(string item) => titleOf.GetValueOrDefault(item, item);

    /// <summary>The item of a title, whatever its capitals; itself where it is an item's name.</summary>
    /// <exception cref="BadInputException">There is none, or several.</exception>
    public string ItemOf(string title)
    {
        if (titleOf.ContainsKey(title)) return title;
        if (!itemsOf.TryGetValue(title.Trim(), out List<string>? items))
        {
            string? like = itemsOf.Keys.Where(t => t.Contains(title.Trim(), StringComparison.OrdinalIgnoreCase)).Order().FirstOrDefault();
            throw new BadInputException($"no item has the title {Quoted.Text(title)}"
                + (like is null ? "" : $"; there is {Quoted.Text(like)}"));
        }
        return items.Count == 1 ? items[0]
            : throw new BadInputException($"{items.Count} items have the title {Quoted.Text(title)}: {string.Join(", ", items)}; name one");
    }
}
