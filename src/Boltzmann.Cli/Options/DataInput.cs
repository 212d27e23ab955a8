using System.CommandLine;
using System.Globalization;

namespace Boltzmann.Cli;

/// <summary>The options that say which rows a command reads.</summary>
sealed class DataInput
{
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Named set (see boltzmann data list) or file: IDX, CSV, NPY, NPZ, "
        + ".gz. By default the data the model was trained on.",
        HelpName = "NAME|FILE"
    };

    public Option<string?> Split { get; } = ChoiceOption.Optional("--split", "Part of a named set: by default test where it has one, else "
        + "train. validation is also what the training of this model held out.", "train", "validation", "test");

    public Option<int?> Rows { get; } = NumberOption.OptionalWhole("--rows", 1, "Only the first so many rows; all when left out.");

    public Option<string?> LabelColumn { get; } = new("--label-column")
    {
        Description = "CSV column that holds labels, which is left out: "
        + "its name, or its number from 0 (-1 for the last).",
        HelpName = "NAME|INDEX"
    };

    public Option<string?> Header { get; } = ChoiceOption.Optional("--header",
        "Whether the CSV's first line names the columns; detected when left out.", "true", "false");

    public Option<double?> ScaleBytes { get; } = NumberOption.OptionalPositive($"--{RowOptions.ScaleBytes}", RowOptions.ScaleBytesHelp);

    public Option<bool> IgnoreExtra { get; } = new($"--{RowOptions.IgnoreExtra}") { Description = RowOptions.IgnoreExtraHelp };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Data, Split, Rows, LabelColumn, Header, ScaleBytes, IgnoreExtra]) command.Options.Add(option);
    }

    /// <summary>The name of the rows asked for, or of those the model was trained on; null if neither is known.</summary>
    public string? NameOf(ParseResult parsed, LoadedFile model) => parsed.GetValue(Data) ?? model.Text("data");

    /// <summary>The rows in their own units, as wide as the model.</summary>
    /// <exception cref="BadInputException">They cannot be read, or do not fit the model.</exception>
    public Dataset Open(ParseResult parsed, Session session, LoadedFile model)
    {
        string name = NameOf(parsed, model) ?? throw new BadInputException($"{parsed.CommandResult.Command.Name} needs --data: "
            + $"{model.Path} does not say what it was trained on");
        bool isTrainings = name == model.Text("data");
        string? header = parsed.GetValue(Header) ?? (isTrainings ? model.Text("header") : null);
        DataOptions options = Labelled(Options(session, parsed.GetValue(LabelColumn), header), model, isTrainings);
        Dataset data = Read(SourceOf(parsed, session, model), name, parsed.GetValue(Split), options, isTrainings ? model : null);
        if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
        if (data.Columns != model.Columns)
            throw new BadInputException($"{data.Name} has {data.Columns} columns, but {model.Path} has {model.Columns} "
                + $"{(model is LoadedModel ? "visible units" : "inputs; --label-column leaves out a column of labels")}");
        return parsed.GetValue(Rows) is int rows ? data.Take(rows) : data;
    }

    /// <summary>The rows as the model takes them, checked.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="session">Folders, warnings.</param>
    /// <param name="model">The model.</param>
    /// <param name="isBinarized">Whether grey values become bits; as in the model's training when null.</param>
    /// <exception cref="BadInputException">They cannot be read, or do not fit the model.</exception>
    public Dataset OpenScaled(ParseResult parsed, Session session, LoadedFile model, bool? isBinarized = null) =>
        Checked(Open(parsed, session, model), parsed, session, model, isBinarized);

    /// <summary>Rows in their own units as the model takes them, checked; what was done to bytes is said.</summary>
    /// <exception cref="BadInputException">They do not fit the model.</exception>
    public Dataset Checked(Dataset own, ParseResult parsed, Session session, LoadedFile model, bool? isBinarized = null)
    {
        Dataset data = Scaled(own, session, model, isBinarized);
        if (model is LoadedModel machine) VisibleRows.Check(data, machine.Model.RowLayers);
        if (SourceOf(parsed, session, model).NoteOf(NameOf(parsed, model)!, own) is string note) session.Note(note);
        return data;
    }

    /// <summary>How rows for a model are opened.</summary>
    public RowSource SourceOf(ParseResult parsed, Session session, LoadedFile model) =>
        new(session.Data, parsed.GetValue(ScaleBytes), model.Data, parsed.GetValue(IgnoreExtra));

    /// <summary>The rows after what the model's training did to its own; grey values of spin units as their means.</summary>
    /// <exception cref="BadInputException">A spin unit would have a value that is none of its own.</exception>
    static Dataset Scaled(Dataset data, Session session, LoadedFile model, bool? isBinarized) =>
        model.Preprocessing.Apply(data, isBinarized, session.Warn, model.Placement.Precision);

    /// <summary>How files are read.</summary>
    public static DataOptions Options(Session session, string? labelColumn, string? header) => new()
    {
        Folder = session.DataFolder,
        Seed = session.Seed,
        Csv = new() { LabelColumn = labelColumn, HasHeader = header switch { "true" => true, "false" => false, _ => null } },
    };

    /// <summary>The part asked for, as words of the command line.</summary>
    public static DataSplit Part(string split) =>
        split switch { "train" => DataSplit.Train, "validation" => DataSplit.Validation, _ => DataSplit.Test };

    // Labels that training left out are no column of another file, either; a number says so of the training's file alone.
    static DataOptions Labelled(DataOptions options, LoadedFile model, bool isTrainings) =>
        options.Csv.LabelColumn is not null || model.Text("label-column") is not string label || (!isTrainings && IsNumber(label)) ? options
            : options with { Csv = options.Csv with { LabelColumn = label, IsLabelOptional = !isTrainings } };

    static bool IsNumber(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    static Dataset Read(RowSource source, string name, string? split, DataOptions options, LoadedFile? trained)
    {
        DataSplit part = split is null ? source.HasPart(name, DataSplit.Test) ? DataSplit.Test : DataSplit.Train : Part(split);
        if (trained is null || !ulong.TryParse(trained.Text("seed"), out ulong seed))
            return source.Open(name, options with { Split = part });
        // The very data of the training: sets that are generated from a seed are so from its seed, and rows that it held out are found
        // again.
        options = options with { Seed = seed };
        if (part != DataSplit.Validation) return source.Open(name, options with { Split = part });
        Dataset held = HeldOut.Open(source, name, options, (long?)trained.Number("validation-rows"), seed,
            trained.Flag("stratify") == true).Validation
            ?? throw new BadInputException($"{name}: the training of {trained.Path} held out no rows for validation");
        return held.Name == name ? held.Named($"{name}-validation") : held;
    }
}
