namespace Boltzmann.Inference;

/// <summary>The rows that a model is asked about, opened when they are first needed.</summary>
/// <param name="model">The model.</param>
/// <param name="request">Which rows.</param>
/// <param name="context">Opens data, is told what was done to them.</param>
/// <param name="question">What is asked, in messages: "evaluate".</param>
/// <param name="missing">What gaps stand for; null for as in the model's training where the rows are those of it, and to refuse them in
/// others.</param>
/// <param name="allowsGaps">Whether the question can be asked of rows with gaps.</param>
sealed class AskedRows(LoadedFile model, RowsRequest request, RunContext context, string question,
    MissingValues? missing = null, bool allowsGaps = false)
{
    /// <summary>Opens further files as these rows.</summary>
    public RowSource Source => field ??= new(context.Data, request.ScaleBytes, model.Data, request.IgnoreExtra)
    {
        UnseenIsAbsent = request.UnseenIsAbsent,
        AllowsMissingColumns = AllowsMissingColumns,
        MayLack = MayLack,
    };

    /// <summary>Whether the question is put to what a row has: absent entries of a table send nothing up.</summary>
    public bool Observes { get; init; }

    /// <summary>Whether rows are asked about all the same where they cannot have gaps.</summary>
    public bool GapsAreOptional { get; init; }

    /// <summary>Whether a table may lack columns of the training, whose fields then are missing in every row.</summary>
    public bool AllowsMissingColumns { get; init; }

    /// <summary>Whether it is known which rows are meant: given, named, or those of the model's training.</summary>
    public bool AreKnown => request.Given is not null || Name is not null;

    /// <summary>What they are opened by; null for a program's own, or if nothing tells.</summary>
    public string? Name => request.Given is not null ? null : request.Data ?? (IsFile(model.Training.Data) ? model.Training.Data : null);

    /// <summary>
    /// What gaps in the rows stand for; null where they have none, or none are allowed. Rows are opened where there may be some.
    /// </summary>
    /// <exception cref="BadInputException">They cannot be read, or do not fit the model.</exception>
    public MissingValues? Missing =>
        AreKnown && (request.Given is not null || Gaps is not null || model.Data.Table is not null) ? Own.Missing : null;

    // As stated, else as in training.
    MissingValues? Gaps => missing ?? (!allowsGaps ? null : Name == model.Training.Data ? model.Training.Missing
        : Format == FileReading.Ratings ? MissingValues.Absent : null);

    string? Format => Reading.Format;

    // As stated; the training's own file as training read it, and another file of the same ending as one of its kind.
    FileReading Reading => request.Reading.Or(Name is null ? null : Name == model.Training.Data ? model.Training.Reading
        : IsFile(Name) && model.Training.Data is string learned && EndingOf(Name) is { Length: > 0 } ending && ending == EndingOf(learned)
            ? new() { Format = model.Training.Reading.Format } : null);

    // ".dat.gz" of "news.dat.gz".
    static string EndingOf(string path)
    {
        string name = Path.GetFileName(path).ToLowerInvariant();
        return name.EndsWith(".gz", StringComparison.Ordinal) ? Path.GetExtension(name[..^3]) + ".gz" : Path.GetExtension(name);
    }

    /// <summary>The rows in their own units, as wide as the model.</summary>
    /// <exception cref="BadInputException">They cannot be read, or do not fit the model.</exception>
    public Dataset Own => field ??= Open();

    /// <summary>The rows as the model takes them, checked; what was done to bytes is said.</summary>
    /// <param name="isBinarized">Whether grey values become bits; as in the model's training when null.</param>
    /// <exception cref="BadInputException">They cannot be read, or do not fit the model.</exception>
    public Dataset Prepared(bool? isBinarized = null)
    {
        Dataset data = model.Preprocessing.Apply(Own, isBinarized, context.Warn, model.Placement.Precision);
        VisibleRows.Check(data, model.RowLayers);
        if (Name is not null && Source.NoteOf(Name, Own) is string note) context.Note(note);
        return Observes && data.Missing == MissingValues.Absent ? data.Observed() : data;
    }

    Dataset Open()
    {
        Dataset data = request.Given is RowData given ? model.Data.Match(given.Dataset, request.IgnoreExtra) : Named();
        if (request.Count is int most) data = data.Take(most);
        // Rows of a table have gaps where they have them; what these stand for, the question or the training says.
        MissingValues? meaning = missing ?? (data.Missing is not null && model.Data.Table is not null
            ? Observes ? MissingValues.Absent : model.Training.Missing ?? MissingValues.Absent : null);
        if (meaning is not null) data = data.WithGaps(meaning);
        // Complete rows are rows like any others, whatever a gap would stand for.
        if (data.Missing is not null && data.CompleteRows().Count == data.Count) data = data.WithGaps(null);
        if (data.Missing is not null && !allowsGaps && !Observes && missing is null && model.Data.Table is not null) throw HasGaps(data);
        if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
        if (data.Columns != model.Columns)
            throw new BadInputException($"{data.Name} has {data.Columns} columns, but {model.Path} has {model.Columns} "
                + $"{(model is LoadedModel ? "visible units" : "inputs; --label-column leaves out a column of labels")}");
        return data;
    }

    /// <summary>The only column that a table may lack; null for none.</summary>
    public string? MayLack { get; init; }

    /// <summary>The table of text that the rows stand in; null where they are numbers.</summary>
    public ITableReader? OpenTable() => Name is null || model.Data.Table is null ? null
        : Source.OpenTable(Name, request.Reading.Or(Name == model.Training.Data ? model.Training.Reading : null)
            .Apply(new() { Csv = new() { HasHeader = request.HasHeader ?? model.Training.HasHeader } }));

    /// <summary>The column of such a table that holds labels; -1 for none.</summary>
    public int LabelPlace(string[] names) =>
        model.Data.Table is not TableSchema schema || names.Length != schema.Columns.Count + 1
            || (request.LabelColumn ?? model.Training.LabelColumn) is not string label ? -1
            : int.TryParse(label, out int place) ? (place < 0 ? names.Length + place : place) : Array.IndexOf(names, label);

    BadInputException HasGaps(Dataset data)
    {
        var row = new double[data.Columns];
        int at = -1;
        do data.Rows.Read(++at, row);
        while (!Array.Exists(row, double.IsNaN));
        return new($"{data.Name}: row {at + 1} has no value for {Quoted.Text(data.ColumnNames![Array.FindIndex(row, double.IsNaN)])}, and "
            + $"{question} needs whole rows; boltzmann complete fills them");
    }

    Dataset Named()
    {
        string name = Name ?? throw new BadInputException($"{question} needs --data: {model.Path} does not say what it was trained on");
        TrainingFacts training = model.Training;
        bool isTrainings = name == training.Data && IsFile(name);
        FileReading reading = isTrainings || name != training.Data ? Reading : request.Reading;
        if (Format == FileReading.Ratings && Gaps is null)
            throw new BadInputException($"{name}: ratings have absent entries, and {question} takes complete rows: expected a table");
        bool hasTest = reading.Array is null && Source.HasPart(name, DataSplit.Test);
        DataSplit part = request.Split ?? (hasTest ? DataSplit.Test : DataSplit.Train);
        DataOptions options = reading.Apply(new()
        {
            Folder = request.Folder,
            Seed = context.Seed,
            Missing = Gaps,
            GapsAreOptional = GapsAreOptional,
            Csv = Labelled(new() { HasHeader = request.HasHeader ?? (isTrainings ? training.HasHeader : null) }, isTrainings),
        });
        if (!isTrainings || training.Seed is not ulong seed)
            return Source.Open(name, options with { Split = part, MostRows = request.Count });
        // The very data of the training: sets that are generated from a seed are so from its seed, and rows that it held out are found
        // again.
        options = options with { Seed = seed };
        if (part != DataSplit.Validation) return Source.Open(name, options with { Split = part, MostRows = request.Count });
        Dataset held = HeldOut.Open(Source, name, options, training.ValidationRows, seed, training.Stratify).Validation
            ?? throw new BadInputException($"{name}: the training of {model.Path} held out no rows for validation");
        return held.Name == name ? held.Named($"{name}-validation") : held;
    }

    // What came through standard input is not there any more.
    static bool IsFile(string? name) => name != StandardInput.Path;

    // Labels that training left out are no column of another file, either, where it has them. A number may be that of any column: it says
    // so only of a file with one column more than the model takes, of which none is to be passed over.
    CsvOptions Labelled(CsvOptions csv, bool isTrainings) => request.LabelColumn is string asked ? csv with { LabelColumn = asked }
        : csv with
        {
            LabelColumn = model.Training.LabelColumn,
            IsLabelOptional = !isTrainings,
            Width = request.IgnoreExtra ? null : model.Columns,
        };
}
