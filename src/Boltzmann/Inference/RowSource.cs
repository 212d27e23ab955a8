namespace Boltzmann.Inference;

/// <summary>
/// Opens rows: for a model as its training had its own, columns by their names and bytes by the same step; in training as they are.
/// </summary>
/// <param name="source">Opens what is asked for by name.</param>
/// <param name="scaleBytes">What bytes are divided by; null where nobody says so.</param>
/// <param name="learned">What is known of the data of the model's training; null where there is no model yet.</param>
/// <param name="ignoreExtra">Whether columns that the model does not know are passed over.</param>
/// <param name="table">What the columns of tables hold; null for what the model says, or to read tables as numbers.</param>
public sealed class RowSource(IDataSource source, double? scaleBytes = null, DataDescription? learned = null, bool ignoreExtra = false,
    TableSchema? table = null)
    : IDataSource
{
    const string ScaleBytes = "--scale-bytes";

    // As asked for, or as training had it; null to find out.
    readonly double? step = Divisor(scaleBytes) is double divisor ? 1 / divisor : learned?.ByteStep;

    /// <summary>
    /// Whether bytes are divided by what is found where nobody knows what they once were divided by: a run that begins at given parameters
    /// has data of its own. Of other rows for a model the maximum tells nothing.
    /// </summary>
    internal bool FindsStep { get; init; }

    /// <summary>Gives rows their weights as they are opened; null for rows that count alike.</summary>
    internal Func<Dataset, Dataset>? Weigh { get; init; }

    /// <summary>Whether a word that the training did not have is a missing value; it is refused otherwise.</summary>
    internal bool UnseenIsAbsent { get; init; }

    /// <summary>Whether columns may be missing in tables, whose fields then are missing in every row.</summary>
    internal bool AllowsMissingColumns { get; init; }

    /// <summary>The only column that a table may lack; null for none.</summary>
    internal string? MayLack { get; init; }

    /// <summary>What bytes may be divided by; null where nothing is stated.</summary>
    /// <exception cref="BadInputException">The number is not above 0, or so near to it that a byte would be infinite.</exception>
    internal static double? Divisor(double? stated)
    {
        bool isUsable = stated is not double divisor || (divisor > 0 && double.IsFinite(divisor) && double.IsFinite(1 / divisor));
        return isUsable ? stated : throw new BadInputException($"{ScaleBytes} must be above 0, not {stated}");
    }

    /// <summary>Opens a set, whose bytes have a step of their own, or a file.</summary>
    /// <exception cref="BadInputException">It cannot be read, has no bytes though what they are divided by is stated, or other columns than
    /// the model.</exception>
    public Dataset Open(string name, DataOptions options)
    {
        if (scaleBytes is not null && IsSet(name)) throw NotBytes(name);
        if ((table ?? learned?.Table) is TableSchema schema
            && source.OpenTable(name, options with { Alphabet = schema.Alphabet ?? options.Alphabet }) is ITableReader reader)
        {
            using (reader) return Weighed(ReadTable(reader, schema, options));
        }
        CsvOptions csv = options.Csv with { Columns = learned?.ColumnNames, IgnoreExtra = ignoreExtra };
        return Weighed(Matched(name, source.Open(name, options with
        {
            Csv = csv,
            Scale = step,
            Columns = options.Columns ?? learned?.Vocabulary?.Width ?? learned?.Width,
            FirstIndex = learned?.FirstIndex,
        })));

        Dataset Weighed(Dataset data) => Weigh is null ? data : Weigh(data);
    }

    Dataset ReadTable(ITableReader reader, TableSchema schema, DataOptions options)
    {
        if (options.Split == DataSplit.Test)
            throw new BadInputException($"{reader.Name}: a file has no test part: expected the name of a file with test data");
        var use = new TableUse
        {
            IgnoresExtra = ignoreExtra,
            UnseenIsAbsent = UnseenIsAbsent,
            AllowsMissingColumns = AllowsMissingColumns,
            MayLack = MayLack,
            LabelIsOptional = options.Csv.IsLabelOptional,
            Classes = options.Csv.LabelNames,
        };
        return new TableRows(reader, schema, use).Read(new() { LabelColumn = options.Csv.LabelColumn, Rows = options.MostRows });
    }

    /// <inheritdoc/>
    public ITableReader? OpenTable(string name, DataOptions options) => source.OpenTable(name, options);

    /// <inheritdoc/>
    public SequenceParts OpenSequences(string name, SequenceOptions options) => source.OpenSequences(name, options);

    /// <summary>Opens an NPY file in which NaN stands for what is missing.</summary>
    /// <exception cref="BadInputException">It cannot be read, or has no bytes though what they are divided by is stated.</exception>
    internal Dataset OpenWithMissing(string path) => Matched(path, NpyReader.ReadWithMissing(path, step));

    /// <inheritdoc/>
    public bool IsSet(string name) => source.IsSet(name);

    /// <inheritdoc/>
    public bool HasPart(string name, DataSplit part) => source.HasPart(name, part);

    /// <inheritdoc/>
    public ImageShape? ImageOf(string name) => source.ImageOf(name);

    /// <summary>What was done to the bytes of a file, or found out of sparse rows, in words; null where nothing was.</summary>
    /// <param name="name">The name that it was opened by.</param>
    /// <param name="data">The rows before any other scaling.</param>
    public string? NoteOf(string name, Dataset data)
    {
        if (data.Rows.Origin?.Note is string note) return note + (learned?.FirstIndex is null ? "" : ", as in training");
        if (IsSet(name) || data.Rows.ByteStep is not double own || own == 1) return null;
        double divisor = Math.Round(1 / own, 9);
        string range = step is null ? $" 0..{divisor}" : "";
        bool isTrainings = scaleBytes is null && learned?.ByteStep is not null;
        return $"{data.Name}: bytes{range} divided by {divisor}{(isTrainings ? ", as in training" : "")}";
    }

    Dataset Matched(string name, Dataset data)
    {
        if (scaleBytes is not null && data.Rows.ByteStep != step) throw NotBytes(name);
        if (learned is null) return data;
        return FindsStep && learned.ByteStep is null ? learned.MatchColumns(data, ignoreExtra) : learned.Match(data, ignoreExtra);
    }

    static BadInputException NotBytes(string name) => new($"{ScaleBytes} is for IDX, NPY and NPZ files of bytes, and {name} is not one");
}
