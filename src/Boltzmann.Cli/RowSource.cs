namespace Boltzmann.Cli;

/// <summary>
/// How a command opens rows: in training as they are; for a model as its own were, columns by their names and bytes by the same step.
/// </summary>
/// <param name="ScaleBytes">What --scale-bytes says that bytes are divided by; null where it does not.</param>
/// <param name="Learned">What is known of the data of the model's training; null where there is no model yet.</param>
/// <param name="IgnoreExtra">Whether columns that the model does not know are passed over.</param>
sealed record RowSource(double? ScaleBytes = null, DataDescription? Learned = null, bool IgnoreExtra = false)
{
    /// <summary>The option that says what bytes are divided by.</summary>
    public const string ScaleBytesName = "scale-bytes";

    const double Grey = 1.0 / 255;

    /// <summary>Words for the option.</summary>
    public const string ScaleBytesHelp = "Divide the bytes of an IDX, NPY or NPZ file by this number: by default as in the model's training, "
        + "or in training by 1 where all are 0 or 1, by 255 where one is above 16, else by the greatest.";

    /// <summary>Words for the option that passes columns over.</summary>
    public const string IgnoreExtraHelp = "Pass over columns of the data that the model did not learn from; they are refused otherwise.";

    /// <summary>The step that bytes are read by: as asked for, or as training had it; null to find out.</summary>
    /// <exception cref="BadInputException">--scale-bytes is not above 0.</exception>
    public double? ByteStep => ScaleBytes is not double divisor ? Learned?.ByteStep
        : divisor > 0 && double.IsFinite(1 / divisor) ? 1 / divisor : throw new BadInputException($"--{ScaleBytesName} must be above 0, not {divisor}");

    /// <summary>Opens a named set, whose bytes have a step of their own, or a file.</summary>
    /// <exception cref="BadInputException">It cannot be read, has no bytes where --scale-bytes is given, or other columns than the model.</exception>
    public Dataset Open(string name, DataOptions options)
    {
        IReadOnlyList<string>? names = Learned?.ColumnNames;
        Dataset data = Read(name, options with { Csv = options.Csv with { Columns = names, IgnoreExtra = IgnoreExtra } });
        return names is null || data.ColumnNames is null ? data : data.InColumns(names, IgnoreExtra);
    }

    /// <summary>What was done to the bytes of a file, in words; null where nothing was.</summary>
    /// <param name="name">The name that it was opened by.</param>
    /// <param name="data">The rows before any other scaling.</param>
    public string? NoteOf(string name, Dataset data)
    {
        if (NamedSets.Find(name) is not null || data.Rows.ByteStep is not double step || step == 1) return null;
        double divisor = Math.Round(1 / step, 9);
        string range = ByteStep is null ? $" 0..{divisor}" : "";
        return $"{data.Name}: bytes{range} divided by {divisor}{(ScaleBytes is null && Learned?.ByteStep is not null ? ", as in training" : "")}";
    }

    /// <summary>Opens an NPY file in which NaN stands for what is missing.</summary>
    /// <exception cref="BadInputException">It cannot be read, or has no bytes where --scale-bytes is given.</exception>
    public Dataset OpenWithMissing(string path) => ReadFile(path, step => NpyReader.ReadWithMissing(path, step));

    Dataset Read(string name, DataOptions options)
    {
        if (NamedSets.Find(name) is null) return ReadFile(name, step => DataSource.Open(name, options with { Scale = step }));
        return ScaleBytes is null ? DataSource.Open(name, options) : throw NotBytes(name);
    }

    Dataset ReadFile(string name, Func<double?, Dataset> read)
    {
        Dataset data = read(ByteStep);
        if (ScaleBytes is not null && data.Rows.ByteStep != ByteStep) throw NotBytes(name);
        // Models of before the step was kept had bytes above 1 divided by 255, whatever the greatest was.
        bool isOld = Learned is not null && ByteStep is null && data.Rows.ByteStep is not (null or 1 or Grey);
        return isOld ? read(Grey) : data;
    }

    static BadInputException NotBytes(string name) => new($"--{ScaleBytesName} is for IDX, NPY and NPZ files of bytes, and {name} is not one");
}
