namespace Boltzmann.Data;

/// <summary>
/// The kinds of files that sequences are read from; what is stated tells them apart, else their ending, else their beginning.
/// </summary>
static class SequenceFormats
{
    const int Beginning = 1 << 12;

    /// <summary>All of them. What begins like text is taken for a table last.</summary>
    public static IReadOnlyList<SequenceFormat> All { get; } =
    [
        Like("npy", (input, _) => SequenceArrays.Read(input, input.MappedPath)),
        Like("npz", (input, _) => SequenceArchive.Read(input.Source, input.Name)),
        new("rolls", SequenceUse.Rolls, [".json"], PianoRollReader.Read) { Begins = IsJson },
        new("text", SequenceUse.Text, [".txt"], (input, options) => new(SequenceTextReader.Read(input, options)))
        {
            Begins = _ => false,   // what begins like text is taken for a table
        },
        new("wav", SequenceUse.Sound, [".wav"], (input, options) => new(SequenceSound.Read(input, options))) { Begins = WavReader.Is },
        Table(FileFormats.JsonLines, (input, options) => JsonTable.Open(input, options)),
        Table(FileFormats.Table, (input, options) => TextTable.Open(input, FileFormats.TableOptions(input, options))),
    ];

    /// <summary>The kind of a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="input">Opened at its beginning.</param>
    /// <param name="stated">What it is said to be; null to find out.</param>
    /// <exception cref="BadInputException">There is no such kind, or nothing tells.</exception>
    public static SequenceFormat Of(string path, InputBytes input, string? stated)
    {
        string names = string.Join(", ", All.Select(format => format.Name));
        if (stated is not null)
            return All.FirstOrDefault(format => format.Name == stated)
                ?? throw new BadInputException($"--format must be one of {names} for sequences, not {Quoted.Text(stated)}"
                    + DidYouMean.Question(stated, All.Select(format => format.Name)));
        string plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        string ending = Path.GetExtension(plain).ToLowerInvariant();
        if (All.FirstOrDefault(format => format.Endings.Contains(ending)) is SequenceFormat known) return known;
        ReadOnlySpan<byte> start = input.Peek(Beginning);
        foreach (SequenceFormat format in All)
            if (format.Begins(start)) return format;
        throw new BadInputException($"{input.Name}: neither its ending nor its first bytes tell its format: expected "
            + $"{string.Join(", ", All.SelectMany(format => format.Endings))}, each also with .gz but .npz, or --format "
            + $"with one of {names}");
    }

    // A list of lists, or an object of lists.
    static bool IsJson(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        start = start.TrimStart(" \t\r\n"u8);
        if (start is [(byte)'[', ..]) return start[1..].TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
        int colon = start is [(byte)'{', ..] ? start.IndexOf((byte)':') : -1;
        return colon > 0 && start[(colon + 1)..].TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
    }

    static SequenceFormat Like(string name, Func<InputBytes, SequenceOptions, Sequences> read)
    {
        FileFormat rows = FileFormats.Named(name);
        return new(name, SequenceUse.Plain, rows.Endings, (input, options) => new(read(input, options))) { Begins = rows.Begins! };
    }

    static SequenceFormat Table(string name, Func<InputBytes, CsvOptions, ITableReader> open)
    {
        FileFormat rows = FileFormats.Named(name);
        // A text is lines of letters unless it is said to be a table.
        return new(name, SequenceUse.Table, [.. rows.Endings.Where(ending => ending != ".txt")], (input, options) =>
        {
            using ITableReader table = open(input, options.Csv);
            return new(SequenceTable.Read(table, options));
        })
        { Begins = rows.Begins! };
    }
}
