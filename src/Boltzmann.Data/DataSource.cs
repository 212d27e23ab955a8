using TextTable = Boltzmann.Data.TextTable;

namespace Boltzmann;

/// <summary>One entry point for data: a named set, or a file by its ending.</summary>
public static class DataSource
{
    /// <summary>
    /// The kinds of files that are read, as --format and <see cref="DataOptions.Format"/> name them; <see cref="DataOptions.TableFormats"/>
    /// adds others.
    /// </summary>
    public static IReadOnlyList<string> Formats { get; } = [.. FileFormats.All.Select(format => format.Name)];

    /// <summary>Opens a named set or a file.</summary>
    /// <param name="nameOrPath">A name of <see cref="NamedSets"/>, or a path; a file that is called like a set is asked for as
    /// <c>./mnist</c>.</param>
    /// <param name="options">Part, folder, labels and the like.</param>
    /// <exception cref="BadInputException">There is no such set or file, or it cannot be used; the message says why.</exception>
    public static Dataset Open(string nameOrPath, DataOptions? options = null)
    {
        options ??= new();
        NamedSet? set = NamedSets.Find(nameOrPath);
        if (options.Format is not null && set is not null)
            throw new BadInputException($"{nameOrPath} is a named set, whose form is known; --format is for files");
        if (set is { Table: null })
            return options.Missing is null || options.GapsAreOptional ? NamedSets.Load(nameOrPath, options)
                : throw HasNothingMissing(nameOrPath);
        if (set is null && nameOrPath != StandardInput.Path && !File.Exists(nameOrPath)
            && !Directory.Exists(nameOrPath) && Path.GetFileName(nameOrPath) == nameOrPath && !Path.HasExtension(nameOrPath))
            throw new BadInputException($"{Quoted.Text(nameOrPath)} is neither a file nor a data set: expected a file, - for standard "
                + $"input, or one of {string.Join(", ", NamedSets.All.Select(set => set.Name))}"
                + DidYouMean.Question(nameOrPath, NamedSets.All.Select(set => set.Name)));
        if (options.Split == DataSplit.Test && options.ArrayName is null && !HasTest(nameOrPath, options.Format))
            throw new BadInputException($"{nameOrPath}: a file has no test part: expected the name of a file with test data");
        if (options.Split == DataSplit.Validation && options.ValidationRows == 0)
            throw new BadInputException($"{nameOrPath}: a file has no validation part: expected a number of rows to keep for validation");
        Dataset whole = ReadFile(TablePath(nameOrPath, options) ?? nameOrPath, options);
        return NamedSets.HoldBack(set is null ? whole : whole.Named(nameOrPath), options);
    }

    // The file of a named set that is a table; null for all else.
    static string? TablePath(string name, DataOptions options) =>
        NamedSets.Find(name) is { Table: string file } set ? set.Locate(file, options) : null;

    /// <summary>Opens a table, a file or a named one, to be read field by field; null for sets and files of numbers alone.</summary>
    /// <param name="nameOrPath">As for <see cref="Open"/>.</param>
    /// <param name="options">What is stated of the file.</param>
    /// <exception cref="BadInputException">There is no such file, or it is not well formed.</exception>
    public static ITableReader? OpenTable(string nameOrPath, DataOptions? options = null)
    {
        options ??= new();
        bool isFile = File.Exists(nameOrPath) || nameOrPath == StandardInput.Path;
        string? path = NamedSets.Find(nameOrPath) is null && isFile ? nameOrPath : TablePath(nameOrPath, options);
        if (path is null) return null;
        InputBytes input = InputBytes.Open(path);
        try
        {
            if (FileFormats.Of(path, input, options).OpenTable is { } open) return open(input, options);
            input.Dispose();
            return null;
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>How a table of text is written, as found out or stated; null for sets and files of other kinds.</summary>
    /// <param name="nameOrPath">As for <see cref="Open"/>.</param>
    /// <param name="options">What is stated.</param>
    /// <exception cref="BadInputException">There is no such file, or it is not well formed.</exception>
    public static TextDialect? Dialect(string nameOrPath, DataOptions? options = null)
    {
        using ITableReader? table = OpenTable(nameOrPath, options);
        return (table as TextTable)?.Dialect;
    }

    /// <summary>Whether a file has rows for a test beside those for training: an NPZ archive may.</summary>
    internal static bool HasTest(string path, string? format = null)
    {
        if (path == StandardInput.Path ? format is null : !File.Exists(path)) return false;
        using InputBytes input = InputBytes.Open(path);
        return FileFormats.IsArchive(path, input, format) && NpzReader.HasTest(input.Source, input.Name);
    }

    /// <summary>The data with labels from another file: IDX, NPY, or a text with a label on each line.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or has another number of labels.</exception>
    internal static Dataset WithLabels(Dataset data, string path)
    {
        var (labels, names) = LabelFile.Read(path, data.Count);
        if (labels.Length != data.Count) throw new BadInputException($"{path}: has {labels.Length} labels for {data.Count} rows");
        return new(data.Name, data.Rows)
        {
            Labels = labels,
            LabelNames = names,
            Image = data.Image,
            ColumnNames = data.ColumnNames,
            Missing = data.Missing,
        };
    }

    static Dataset ReadFile(string path, DataOptions options)
    {
        using InputBytes input = InputBytes.Open(path);
        FileFormat format = FileFormats.Of(path, input, options);
        if (options.Csv.LabelColumn is not null && !format.HasLabelColumn)
            throw new BadInputException($"{input.Name}: has no columns of labels: expected a table of text (.csv) or labels from elsewhere "
                + "(--labels-from)");
        if (options.Missing is not null && !format.HasGaps)
            options = options.GapsAreOptional ? options with { Missing = null } : throw HasNothingMissing(input.Name);
        Dataset data = format.Read(input, options);
        if (options.LabelsPath is string labels)
        {
            if (data.Labels is null) data = WithLabels(data, labels);
            else if (options.Csv.LabelColumn is not null)
                throw new BadInputException("--label-column and --labels-from both say which labels: expected one of them");
        }
        else if (data.Labels is null && LabelsBeside(path) is string beside) data = WithLabels(data, beside);
        return options.MostRows is int most ? data.Take(most) : data;
    }

    static BadInputException HasNothingMissing(string name) =>
        new($"{name}: nothing can be missing in it: expected a table of text (.csv), NPY, NPZ or ratings (--format ratings) where it is "
            + "said what is missing");

    // MNIST's way: train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz. The labels may be packed where the pictures are not, or the
    // other way round.
    static string? LabelsBeside(string path)
    {
        string name = Path.GetFileName(path),
            labels = name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);
        if (labels == name || !name.Contains("idx3", StringComparison.Ordinal)) return null;
        string beside = Path.Combine(Path.GetDirectoryName(path) ?? "", labels), other = beside.EndsWith(".gz", StringComparison.Ordinal)
            ? beside[..^3]
            : beside + ".gz";
        return File.Exists(beside) ? beside : File.Exists(other) ? other : null;
    }
}
