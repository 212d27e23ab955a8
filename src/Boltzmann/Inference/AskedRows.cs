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
    readonly RowSource source = new(context.Data, request.ScaleBytes, model.Data, request.IgnoreExtra);

    /// <summary>Whether it is known which rows are meant: given, named, or those of the model's training.</summary>
    public bool AreKnown => request.Given is not null || Name is not null;

    /// <summary>What they are opened by; null for a program's own, or if nothing tells.</summary>
    public string? Name => request.Given is not null ? null : request.Data ?? model.Training.Data;

    /// <summary>
    /// What gaps in the rows stand for; null where they have none, or none are allowed. Rows are opened where there may be some.
    /// </summary>
    /// <exception cref="BadInputException">They cannot be read, or do not fit the model.</exception>
    public MissingValues? Missing => AreKnown && (request.Given is not null || Gaps is not null) ? Own.Missing : null;

    // As stated, else as in training.
    MissingValues? Gaps => missing ?? (allowsGaps && Name == model.Training.Data ? model.Training.Missing : null);

    /// <summary>Opens further files as these rows.</summary>
    public RowSource Source => source;

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
        if (Name is not null && source.NoteOf(Name, Own) is string note) context.Note(note);
        return data;
    }

    Dataset Open()
    {
        Dataset data = request.Given is RowData given ? model.Data.Match(given.Dataset, request.IgnoreExtra) : Named();
        if (missing is not null) data = data.WithGaps(missing);
        // Complete rows are rows like any others, whatever a gap would stand for.
        if (data.Missing is not null && data.CompleteRows().Count == data.Count) data = data.WithGaps(null);
        if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
        if (data.Columns != model.Columns)
            throw new BadInputException($"{data.Name} has {data.Columns} columns, but {model.Path} has {model.Columns} "
                + $"{(model is LoadedModel ? "visible units" : "inputs; --label-column leaves out a column of labels")}");
        return request.Count is int rows ? data.Take(rows) : data;
    }

    Dataset Named()
    {
        string name = Name ?? throw new BadInputException($"{question} needs --data: {model.Path} does not say what it was trained on");
        TrainingFacts training = model.Training;
        bool isTrainings = name == training.Data;
        DataSplit part = request.Split ?? (source.HasPart(name, DataSplit.Test) ? DataSplit.Test : DataSplit.Train);
        var options = new DataOptions
        {
            Folder = request.Folder,
            Seed = context.Seed,
            Missing = Gaps,
            Csv = Labelled(new() { HasHeader = request.HasHeader ?? (isTrainings ? training.HasHeader : null) }, isTrainings),
        };
        if (!isTrainings || training.Seed is not ulong seed) return source.Open(name, options with { Split = part });
        // The very data of the training: sets that are generated from a seed are so from its seed, and rows that it held out are found
        // again.
        options = options with { Seed = seed };
        if (part != DataSplit.Validation) return source.Open(name, options with { Split = part });
        Dataset held = HeldOut.Open(source, name, options, training.ValidationRows, seed, training.Stratify).Validation
            ?? throw new BadInputException($"{name}: the training of {model.Path} held out no rows for validation");
        return held.Name == name ? held.Named($"{name}-validation") : held;
    }

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
