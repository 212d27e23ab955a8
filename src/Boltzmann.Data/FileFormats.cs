namespace Boltzmann.Data;

/// <summary>The kinds of files that are read; what is stated tells them apart, else their ending, else their beginning.</summary>
static class FileFormats
{
    /// <summary>Tables of text.</summary>
    public const string Table = "csv";

    /// <summary>An object on each line.</summary>
    public const string JsonLines = "json-lines";

    const string Archive = "npz";
    const int Beginning = 1 << 12;

    /// <summary>Those that this package reads. What begins like text is taken for a table last.</summary>
    public static IReadOnlyList<FileFormat> All { get; } =
    [
        new("npy", [".npy"], (input, options) => options.Missing is MissingValues gaps
            ? NpyReader.Read(input, options.Scale, missing: true).WithGaps(gaps)
            : NpyReader.Read(input, options.Scale, input.MappedPath))
        {
            Begins = start => start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..],
            HasGaps = true,
        },
        new(Archive, [".npz"], ReadNpz) { Begins = IsZip, HasGaps = true },
        new("idx", [".idx"], (input, options) => IdxReader.Read(input, options.Scale, input.MappedPath))
        {
            Begins = start => start is [0, 0, 0x08 or 0x09 or 0x0B or 0x0C or 0x0D or 0x0E, > 0 and < 8, ..],
        },
        new("amat", [".amat"], ReadAmat) { HasGaps = true, HasLabelColumn = true },
        new("svmlight", [".svm", ".svmlight", ".libsvm"], (input, options) => SvmlightReader.Read(input, SparseOptions.Of(options))),
        new("counts", [], (input, options) => CountsReader.Read(input, SparseOptions.Of(options))),
        new("triples", [], (input, options) => TripleReader.Read(input, SparseOptions.Of(options), areRatings: false)),
        new(FileReading.Ratings, [], (input, options) => TripleReader.Read(input, SparseOptions.Of(options), areRatings: true)
            .WithGaps(options.Missing ?? MissingValues.Absent)) { HasGaps = true },
        new("csr", [], ReadCsr),
        new(AlignmentTable.Format, [".fasta", ".fa", ".fas", ".faa", ".fna", ".afa", ".a2m"],
            (input, options) => FastaReader.Read(input, options.Alphabet).ToDataset(Path.GetFileName(input.Name)))
        {
            Begins = start => start is [(byte)'>', ..],
            OpenTable = OpenFasta,
        },
        FileFormat.OfTables(JsonLines, [".jsonl", ".ndjson"], (input, options) => JsonTable.Open(input, options.Csv)) with
        {
            Begins = IsObject,
        },
        FileFormat.OfTables(Table, [".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".tra", ".tes"],
            (input, options) => TextTable.Open(input, TableOptions(input, options.Csv))) with { Begins = IsText },
    ];

    /// <summary>The kind of a name.</summary>
    public static FileFormat Named(string name) => All.First(format => format.Name == name);

    /// <summary>The kind of a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="input">Opened at its beginning.</param>
    /// <param name="options">What it is said to be, if anything, and which kinds there are beside <see cref="All"/>.</param>
    /// <exception cref="BadInputException">There is no such kind, or nothing tells.</exception>
    public static FileFormat Of(string path, InputBytes input, DataOptions options)
    {
        FileFormat[] kinds = [.. options.TableFormats.Select(Foreign), .. All];
        string names = string.Join(", ", kinds.Select(format => format.Name));
        if (options.Format is string stated)
            return kinds.FirstOrDefault(format => format.Name == stated)
                ?? throw new BadInputException($"--format must be one of {names}, not {Quoted.Text(stated)}");
        if (ByName(path, kinds) is FileFormat known) return known;
        ReadOnlySpan<byte> start = input.Peek(Beginning);
        foreach (FileFormat format in kinds)
            if (format.Begins?.Invoke(start) == true) return format;
        if (start.StartsWith("PAR1"u8))
            throw new BadInputException($"{input.Name}: is a Parquet file, which programs read that have the package "
                + "Boltzmann.Data.Parquet; this one has not");
        throw new BadInputException($"{input.Name}: neither its ending nor its first bytes tell its format: expected "
            + $"{string.Join(", ", kinds.SelectMany(format => format.Endings))} or -ubyte (IDX), each also with .gz but .npz, or --format "
            + $"with one of {names}");
    }

    // What is packed by gzip cannot seek, and such files pack themselves.
    static FileFormat Foreign(TableFormat format) => FileFormat.OfTables(format.Name, [.. format.Endings], (input, options) =>
    {
        if (!input.IsExact) throw new BadInputException($"{input.Name}: is packed by gzip: expected {format.Name} as it is");
        input.Source.Position = 0;
        return format.Open(input.Source, input.Name, options.Csv.MissingTexts);
    }) with
    { Begins = start => format.Begins(start) };

    static FileFormat? ByName(string path, IReadOnlyList<FileFormat> kinds)
    {
        string plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        string ending = Path.GetExtension(plain).ToLowerInvariant();
        if (kinds.FirstOrDefault(format => format.Endings.Contains(ending)) is FileFormat known) return known;
        return plain.EndsWith("ubyte", StringComparison.OrdinalIgnoreCase) || plain.Contains("-idx", StringComparison.OrdinalIgnoreCase)
            ? Named("idx") : null;
    }

    /// <summary>How a table is read: one that is called .tsv has tabs, unless another separator is stated.</summary>
    public static CsvOptions TableOptions(InputBytes input, CsvOptions options)
    {
        string name = input.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? input.Name[..^3] : input.Name;
        bool isTabbed = name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) && options.Delimiter is null;
        return isTabbed ? options with { Delimiter = '\t' } : options;
    }

    /// <summary>Whether a file is an archive of arrays; not if nothing tells.</summary>
    public static bool IsArchive(string path, InputBytes input, string? stated) => (stated ?? ByName(path, All)?.Name) is string name
        ? name == Archive : IsZip(input.Peek(Beginning));

    // Without labels and gaps there is a faster reader, which knows that rows may be pictures.
    static Dataset ReadAmat(InputBytes input, DataOptions options)
    {
        if (options.Csv.LabelColumn is null && options.Missing is null) return AmatReader.Read(input);
        using TextTable table = TextTable.Open(input, options.Csv with { Delimiter = options.Csv.Delimiter ?? ' ' });
        Dataset data = CsvDataset.Read(table, options.Csv, options.Missing, options.MostRows);
        return new(data.Name, data.Rows)
        {
            ColumnNames = data.ColumnNames,
            Labels = data.Labels,
            LabelNames = data.LabelNames,
            Missing = data.Missing,
            Image = AmatReader.Square(data.Columns),
        };
    }

    // All of it is read at once: there is no other way to know whether the sequences are aligned.
    static AlignmentTable OpenFasta(InputBytes input, DataOptions options)
    {
        var table = new AlignmentTable(input.Name, FastaReader.Read(input, options.Alphabet));
        input.Dispose();
        return table;
    }

    static Dataset ReadCsr(InputBytes input, DataOptions options) => options.Missing is null || options.GapsAreOptional
        ? SparseArchive.Read(input.Source, input.Name, SparseOptions.Of(options))
        : throw new BadInputException($"{input.Name}: nothing can be missing in it, as entries that are not there are 0");

    static Dataset ReadNpz(InputBytes input, DataOptions options)
    {
        if (options.ArrayName is null && SparseArchive.Is(input.Source, input.Name)) return ReadCsr(input, options);
        // Labels that the archive lacks lie in another file.
        string? labels = options.LabelsPath is string name && NpzReader.Names(input.Source, input.Name).Contains(name) ? name : null;
        return NpzReader.Read(input.Source, input.Name, options.ArrayName, labels, options.Scale, options.Missing is not null,
            options.Split == DataSplit.Test).WithGaps(options.Missing);
    }

    static bool IsZip(ReadOnlySpan<byte> start) => start is [(byte)'P', (byte)'K', 3, 4, ..];

    // {" with blanks between them: what stands on the first line of JSON lines.
    static bool IsObject(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        start = start.TrimStart(" \t\r\n"u8);
        return start is [(byte)'{', ..] && start[1..].TrimStart(" \t"u8) is [(byte)'"' or (byte)'}', ..];
    }

    static bool IsText(ReadOnlySpan<byte> start)
    {
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return true;   // UTF-16
        foreach (byte x in start)
            if (x < ' ' && x is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f')) return false;
        return start.Length > 0;
    }
}
