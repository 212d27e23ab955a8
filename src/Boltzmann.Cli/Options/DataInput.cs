using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>The options that say which rows a command reads.</summary>
/// <param name="formats">Kinds of files beside those of rows, which machines with memory read.</param>
sealed class DataInput(IReadOnlyList<string>? formats = null)
{
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Named set (see boltzmann data list) or file: IDX, CSV, NPY, NPZ, "
        + ".gz; - for standard input. By default the data the model was trained on.",
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

    public ReadingInput Reading { get; } = new(formats);

    public Option<double?> ScaleBytes { get; } = NumberOption.OptionalPositive($"--{RowOptions.ScaleBytes}", RowOptions.ScaleBytesHelp);

    public Option<bool> IgnoreExtra { get; } = new($"--{RowOptions.IgnoreExtra}") { Description = RowOptions.IgnoreExtraHelp };

    public Option<string> Unseen { get; } = ChoiceOption.Of("--unseen", "refuse", "A word of a table that the training did not have: "
        + "refuse it, or take it as absent.", "refuse", "absent");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Data, Split, Rows, LabelColumn, Header, .. Reading.Options, ScaleBytes, IgnoreExtra, Unseen])
            command.Options.Add(option);
    }

    /// <summary>The rows that the options ask for.</summary>
    public RowsRequest Request(ParseResult parsed, Session session) => new()
    {
        Data = parsed.GetValue(Data),
        Split = parsed.GetValue(Split) is string split ? Part(split) : null,
        Count = parsed.GetValue(Rows),
        LabelColumn = parsed.GetValue(LabelColumn),
        HasHeader = parsed.GetValue(Header) switch { "true" => true, "false" => false, _ => null },
        Reading = Reading.Of(parsed),
        ScaleBytes = parsed.GetValue(ScaleBytes),
        IgnoreExtra = parsed.GetValue(IgnoreExtra),
        UnseenIsAbsent = parsed.GetValue(Unseen) == "absent",
        Folder = session.DataFolder,
    };

    /// <summary>How files are read.</summary>
    public static DataOptions Options(Session session, string? labelColumn, string? header, FileReading reading) => reading.Apply(new()
    {
        Folder = session.DataFolder,
        Seed = session.Seed,
        Csv = new() { LabelColumn = labelColumn, HasHeader = header switch { "true" => true, "false" => false, _ => null } },
    });

    /// <summary>The part asked for, as words of the command line.</summary>
    public static DataSplit Part(string split) =>
        split switch { "train" => DataSplit.Train, "validation" => DataSplit.Validation, _ => DataSplit.Test };
}
