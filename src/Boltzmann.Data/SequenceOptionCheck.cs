namespace Boltzmann.Data;

/// <summary>Options that would do nothing are refused.</summary>
static class SequenceOptionCheck
{
    static readonly SequenceOptions defaults = new();

    static readonly (string Option, SequenceUse Use, string What, Func<SequenceOptions, bool> IsStated)[] all =
    [
        ("--columns", SequenceUse.Table, "tables", options => options.Columns is not null),
        ("--skip-columns", SequenceUse.Table, "tables", options => options.SkipColumns.Count > 0),
        ("--sequence-column", SequenceUse.Table, "tables", options => options.SequenceColumn is not null),
        ("--header", SequenceUse.Table, "tables", options => options.Csv.HasHeader is not null),
        ("--delimiter", SequenceUse.Table, "tables", options => options.Csv.Delimiter is not null),
        ("--decimal", SequenceUse.Table, "tables", options => options.Csv.HasDecimalComma is not null),
        ("a text of gaps", SequenceUse.Table, "tables", options => options.Csv.MissingTexts != defaults.Csv.MissingTexts),
        ("--low", SequenceUse.Rolls, "piano rolls", options => options.LowestPitch != defaults.LowestPitch),
        ("--high", SequenceUse.Rolls, "piano rolls", options => options.HighestPitch != defaults.HighestPitch),
        ("--alphabet", SequenceUse.Text, "text", options => options.Alphabet is not null),
        ("--ignore-counts", SequenceUse.Text, "text", options => options.IgnoreCounts),
        ("whether lines have counts", SequenceUse.Text, "text", options => options.HasCounts is not null),
        ("--frame", SequenceUse.Sound, "sound", options => options.Frame != defaults.Frame),
        ("--hop", SequenceUse.Sound, "sound", options => options.Hop != defaults.Hop),
        ("--raw", SequenceUse.Sound, "sound", options => options.IsRaw),
        ("--videos", SequenceUse.Videos, "bouncing-balls", options => options.Videos is not null),
    ];

    /// <summary>Throws where an option is stated that has no meaning for these data.</summary>
    public static void Check(string name, SequenceUse use, SequenceOptions options)
    {
        if (options.IsRemembered) return;
        if (options.Csv.LabelColumn is not null)
            throw new BadInputException($"{name}: a column of labels does nothing here, sequences have no "
                + "labels (--skip-columns leaves a column out)");
        foreach (var (option, meant, what, isStated) in all)
            if (meant != use && isStated(options)) throw new BadInputException($"{name}: {option} does nothing here, it is for {what}");
    }
}
