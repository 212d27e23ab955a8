namespace Boltzmann;

/// <summary>One entry point for data: a named set, or a file by its ending.</summary>
public static class DataSource
{
    const string Endings = ".idx or -ubyte (IDX), .csv, .tsv, .npy, .npz or .amat, each also with .gz but .npz";

    /// <summary>Opens a named set or a file.</summary>
    /// <param name="nameOrPath">A name of <see cref="NamedSets"/>, or a path; a file that is called like a set is asked for as
    /// <c>./mnist</c>.</param>
    /// <param name="options">Part, folder, labels and the like.</param>
    /// <exception cref="BadInputException">There is no such set or file, or it cannot be used; the message says why.</exception>
    public static Dataset Open(string nameOrPath, DataOptions? options = null)
    {
        options ??= new();
        if (NamedSets.Find(nameOrPath) is not null)
            return options.Missing is null ? NamedSets.Load(nameOrPath, options) : throw HasNothingMissing(nameOrPath);
        if (!File.Exists(nameOrPath) && !Directory.Exists(nameOrPath) && Path.GetFileName(nameOrPath) == nameOrPath
            && !Path.HasExtension(nameOrPath))
            throw new BadInputException($"{Quoted.Text(nameOrPath)} is neither a file nor a data set: expected a file or one of "
                + $"{string.Join(", ", NamedSets.All.Select(set => set.Name))}");
        if (options.Split == DataSplit.Test)
            throw new BadInputException($"{nameOrPath}: a file has no test part: expected the name of a file with test data");
        if (options.Split == DataSplit.Validation && options.ValidationRows == 0)
            throw new BadInputException($"{nameOrPath}: a file has no validation part: expected a number of rows to keep for validation");
        Dataset data = ReadFile(nameOrPath, options);
        if (options.LabelsPath is string labels) data = WithLabels(data, labels);
        else if (data.Labels is null && LabelsBeside(nameOrPath) is string beside) data = WithLabels(data, beside);
        return NamedSets.HoldBack(data, options);
    }

    /// <summary>The data with labels from another file, IDX or NPY.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or has another number of labels.</exception>
    internal static Dataset WithLabels(Dataset data, string path)
    {
        int[] labels = ReadLabels(path);
        if (labels.Length != data.Count) throw new BadInputException($"{path}: has {labels.Length} labels for {data.Count} rows");
        return new(data.Name, data.Rows)
        {
            Labels = labels,
            LabelNames = ClassLabels.Names(labels),
            Image = data.Image,
            ColumnNames = data.ColumnNames,
            Missing = data.Missing,
        };
    }

    static Dataset ReadFile(string path, DataOptions options)
    {
        bool isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string plain = isPacked ? path[..^3] : path, ending = Path.GetExtension(plain).ToLowerInvariant();
        if (options.Csv.LabelColumn is not null && ending is not (".csv" or ".tsv" or ".txt"))
            throw new BadInputException($"{path}: has no columns of labels: expected a table of text (.csv) or a file of labels");
        CsvOptions csv = options.Csv;
        return ending switch
        {
            ".csv" or ".txt" => CsvDataset.Read(path, csv, options.Missing),
            ".tsv" => CsvDataset.Read(path, csv with { Delimiter = csv.Delimiter ?? '\t' }, options.Missing),
            ".npy" when options.Missing is not null => NpyReader.ReadWithMissing(path, options.Scale).WithGaps(options.Missing),
            ".npz" when !isPacked && options.Missing is not null =>
                NpzReader.ReadWithMissing(path, options.ArrayName, options.Scale).WithGaps(options.Missing),
            _ when options.Missing is not null => throw HasNothingMissing(path),
            ".npy" => NpyReader.Read(path, options.Scale),
            ".npz" when !isPacked => NpzReader.Read(path, options.ArrayName, scale: options.Scale),
            ".amat" => AmatReader.Read(path),
            ".idx" => IdxReader.Read(path, options.Scale),
            _ when plain.EndsWith("ubyte", StringComparison.OrdinalIgnoreCase) || plain.Contains("-idx", StringComparison.OrdinalIgnoreCase)
                || BeginsLikeIdx(path) => IdxReader.Read(path, options.Scale),
            _ => throw new BadInputException($"{path}: its ending says nothing of its format: expected {Endings}"),
        };
    }

    static BadInputException HasNothingMissing(string name) =>
        new($"{name}: nothing can be missing in it: expected a table of text (.csv), NPY or NPZ where it is said what is missing");

    static bool BeginsLikeIdx(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        Span<byte> magic = stackalloc byte[4];
        return input.ReadSome(magic) == 4 && magic[0] == 0 && magic[1] == 0 && magic[2] is 0x08 or 0x09 or 0x0B or 0x0C or 0x0D or 0x0E
            && magic[3] is > 0 and < 8;
    }

    static int[] ReadLabels(string path) =>
        Path.GetExtension(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path) == ".npy"
        ? NpyReader.ReadLabels(path) : IdxReader.ReadLabels(path);

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
