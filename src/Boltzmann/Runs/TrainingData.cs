namespace Boltzmann.Runs;

/// <summary>The rows of a training, as its plan says.</summary>
/// <param name="Training">Rows to learn, scaled.</param>
/// <param name="Validation">Rows set apart, scaled alike; null for none.</param>
/// <param name="Scaling">What the rows went through; null for nothing.</param>
/// <param name="ByteStep">What one step of a byte is worth in this and every later file; null where nothing tells.</param>
/// <param name="Table">What the columns of the table hold; null where rows are numbers as they stand.</param>
/// <param name="Vocabulary">Which columns of the file they have, where these were chosen or named; null otherwise.</param>
/// <param name="Note">What was done to bytes and which rows have gaps, in words; null for nothing.</param>
sealed record TrainingData(Dataset Training, Dataset? Validation, Scaling? Scaling, double? ByteStep, TableSchema? Table,
    Vocabulary? Vocabulary, string? Note)
{
    // Numbers of sparse rows that are standardised, zeros included.
    const int MostStandardized = 1 << 24;

    /// <summary>Reads them.</summary>
    /// <param name="plan">What to read.</param>
    /// <param name="layers">What takes them.</param>
    /// <param name="context">Opens data, is warned.</param>
    /// <param name="seed">Of generated sets, and of the choice of held-out rows.</param>
    /// <param name="learned">What is known of the data that the parameters have learned from, by whose names columns are ordered and by
    /// whose step bytes are read; null for a new run that begins at random parameters.</param>
    /// <param name="isResumed">Whether that is a run which goes on, so that its rows are the same rows.</param>
    /// <exception cref="BadInputException">They cannot be read, or a setting asks for what is not there.</exception>
    public static TrainingData Read(TrainPlan plan, LayerSettings layers, RunContext context, ulong seed, DataDescription? learned = null,
        bool isResumed = false)
    {
        DataOptions options = plan.Reading.Apply(new()
        {
            Seed = seed,
            Missing = plan.Missing,
            Csv = new CsvOptions
            {
                LabelColumn = plan.LabelColumn,
                HasHeader = plan.HasHeader,
            },
            // Rows set apart are chosen among all.
            MostRows = TablePlan.RowsRead(plan),
        });
        IReadOnlyList<string>? words = learned is null && plan.Vocabulary is string path ? Vocabulary.ReadNames(path) : null;
        if (words is not null) options = options with { Columns = words.Count };
        TableSchema? table = learned?.Table ?? (TablePlan.UsesTable(plan) ? TablePlan.Detect(plan, context) : null);
        var source = new RowSource(context.Data, plan.ScaleBytes, learned, plan.IgnoreExtra, table)
        {
            FindsStep = !isResumed,
            Weigh = RowWeighting.Of(plan.Weights, table),
        };
        var (training, validation) = HeldOut.Open(source, plan.Data, options, plan.ValidationRows, seed, plan.Stratify);
        if (plan.TrainRows is int rows) training = training.Take(Math.Min(rows, training.Count));
        Vocabulary? vocabulary = learned is null ? Chosen(plan, training, words) : learned.Vocabulary;
        if (learned is null && vocabulary is not null)
            (training, validation) = (vocabulary.Of(training), validation is null ? null : vocabulary.Of(validation));
        if (table is not null && training.Missing is not null && plan.Missing is MissingValues stated)
            (training, validation) = (training.WithGaps(stated), validation?.WithGaps(stated));
        RequireValues(training);
        if (plan.Scale is not (DataScale.None or DataScale.MinMax)) RequireFewEntries(training);
        Scaling? scaling = FitScaling(plan.Scale, training, table);
        Precision precision = context.Placement.Precision;
        NumberRange.Check(training, scaling, precision);
        // Bytes that come later stand for the very numbers where those of training are no shares of 1.
        double? byteStep = training.Rows.ByteStep
            ?? (training.Statistics.Minimum.Min() < 0 || training.Statistics.Maximum.Max() > 1 ? 1 : null);
        Dataset? held = validation is null ? null
            : ForSpins(ScaledData.Of(validation, scaling, layers.HasBinaryRows, context.Warn, precision));
        // Held-out rows are there to be measured, and measured are complete rows.
        Dataset? measured = held?.CompleteRows();
        if (measured is { Count: 0 } && table is not null)
        {
            context.Warn($"{training.Name}: none of the {held!.Count} rows set apart is complete, so nothing is measured of them");
            measured = null;
        }
        if (measured is { Count: 0 })
            throw new BadInputException($"none of the {held!.Count} rows set apart from {training.Name} is complete, and metrics are of "
                + "complete rows: expected --validation-rows 0, or more of them");
        string?[] notes = [source.NoteOf(plan.Data, training), GapNote(training)];
        return new(ForSpins(scaling?.Transform(training) ?? training), measured, scaling, byteStep, table, vocabulary,
            string.Join("; ", notes.OfType<string>()) is { Length: > 0 } note ? note : null);

        Dataset ForSpins(Dataset rows) => SpinValues.Of(rows, layers.SpinColumns(rows.Columns), layers.IsBinarized);
    }

    static Vocabulary? Chosen(TrainPlan plan, Dataset training, IReadOnlyList<string>? words)
    {
        if (words is null && plan.Words is null) return null;
        if (training.ColumnNames is not null)
            throw new BadInputException($"{training.Name}: its columns have names: --vocabulary and --words are for files that number "
                + "them, such as counts and svmlight");
        return Vocabulary.MostFrequent(training, plan.Words, words);
    }

    static Scaling? FitScaling(DataScale scale, Dataset training, TableSchema? table)
    {
        if (scale == DataScale.None) return null;
        if (table is null) return scale switch
        {
            DataScale.Standardize => Standardizer.Fit(training),
            DataScale.MinMax => MinMaxScaler.Fit(training),
            _ => ScalingByColumn.Fit(training, scale, _ => ColumnType.Real),
        };
        var types = new ColumnType[training.Columns];
        foreach (int c in table.Modelled) types.AsSpan(table.UnitsOf(c)).Fill(table.Columns[c].Type);
        return ScalingByColumn.Fit(training, scale, c => types[c]);
    }

    // Shifted, no entry is 0 any more, and what is left of sparse rows is a dense table.
    static void RequireFewEntries(Dataset data)
    {
        if (data.Rows.Entries is null || (long)data.Count * data.Columns <= MostStandardized) return;
        throw new BadInputException($"{data.Name}: --scale standardize moves every 0 of its {data.Count:N0} × {data.Columns:N0} sparse "
            + "rows: expected none, or min-max, which leaves 0 where the least value of a column is 0");
    }

    static void RequireValues(Dataset data)
    {
        if (data.Missing is null) return;
        ColumnStatistics columns = data.Statistics;
        int empty = Array.FindIndex(columns.Minimum, double.IsPositiveInfinity);
        if (empty >= 0)
            throw new BadInputException($"{data.Name}: column {NumberRange.Column(data, empty)} has no value in any row"
                + (data.Rows.Entries is null ? "" : " that is not set apart; --validation-rows 0 sets none apart"));
    }

    static string? GapNote(Dataset data)
    {
        if (data.Missing is not MissingValues missing) return null;
        int gaps = data.Count - data.CompleteRows().Count;
        return gaps == 0 ? null
            : $"{data.Name}: {gaps:N0} of {data.Count:N0} rows have {(missing == MissingValues.Absent ? "absent" : "unknown")} entries; "
            + (gaps == data.Count ? "there are no metrics without complete rows, and pictures have column means in the gaps"
                : "metrics and pictures are of complete rows");
    }

    /// <summary>How many classes the rows have.</summary>
    /// <exception cref="BadInputException">No labels, or nothing to tell apart.</exception>
    public int RequireClasses()
    {
        int classes = Training.Labels is null
            ? throw new BadInputException($"{Training.Name} has no labels, which this model learns with its "
            + $"rows{(Training.ColumnNames is null ? "" : ": --label-column says which column holds them")}")
            : Training.Classes;
        return classes >= 2 ? classes
            : throw new BadInputException($"all rows of {Training.Name} are of one class: there is nothing to tell apart");
    }
}
