namespace Boltzmann.Runs;

/// <summary>What a plan says of a table's columns, and what it leaves to the table.</summary>
static class TablePlan
{
    /// <summary>The plan with visible units and scale settled by a look at its table.</summary>
    /// <exception cref="BadInputException">The table cannot be read, or the plan asks of other data what only tables have.</exception>
    public static TrainPlan Resolve(TrainPlan plan, RunContext context)
    {
        TrainPlan settled = WithEpochs(Settle(plan, context), context);
        // The noise of the last steps moves what many columns have in common by a good part of its deviation: a rate that falls to 0, one
        // epoch after the last, leaves little of it (docs/design-notes.md).
        return settled.VisibleUnits == MixedLayer.Name && settled is { LearningRateEnd: null, LearningRate.Count: 1 }
            ? settled with { LearningRateEnd = settled.LearningRate[0] / settled.Epochs } : settled;
    }

    static TrainPlan WithEpochs(TrainPlan settled, RunContext context)
    {
        if (settled.Epochs is not null || settled.VisibleUnits != MixedLayer.Name)
            return settled with { Epochs = settled.Epochs ?? TrainPlan.DefaultEpochs };
        // What a start has learned of columns stands: its table is but counted.
        TableLook? look = settled.InitFrom is null ? Look(settled, context) : null;
        int all = look?.Rows ?? Count(settled, context);
        // Rows to learn from, those that are set apart included: near enough.
        int rows = Math.Max(1, Math.Min(all, settled.TrainRows ?? all));
        int passes = (int)Math.Ceiling(TrainPlan.MixedUpdates / Math.Ceiling(rows / (double)settled.BatchSize));
        return settled with { Epochs = Math.Max(TrainPlan.DefaultEpochs, passes), Look = look };
    }

    static int Count(TrainPlan plan, RunContext context)
    {
        using ITableReader table = Open(plan, context)!;
        int rows = 0;
        while (rows != plan.TrainRows && table.Read()) rows++;
        return rows;
    }

    static TrainPlan Settle(TrainPlan plan, RunContext context)
    {
        // A run that starts from a model has its units.
        if (plan.VisibleUnits == TrainPlan.AutoUnits && plan.InitFrom is string start && plan.Kind != ModelKind.Graph)
        {
            string units = ModelFile.Describe(RunFolder.FindModel(start)).Layers[0].Units;
            // What is no kind is refused where the model is read, by its file.
            plan = plan with { VisibleUnits = LayerKinds.Find(units) is null ? BernoulliLayer.Name : units };
        }
        bool isAuto = plan.VisibleUnits == TrainPlan.AutoUnits, isBm = plan.Kind == ModelKind.Bm;
        if (plan.Kind == ModelKind.Graph || (!isAuto && !UsesTable(plan) && !isBm))
            return plan with { Scale = Scale(DataScale.None) };
        using ITableReader? table = Open(plan, context);
        if (table is null)
        {
            if (UsesTable(plan))
                throw new BadInputException($"{plan.Data} is not a table (.csv, .jsonl, .parquet): --columns, --ignore, --types and "
                    + $"--visible-units {MixedLayer.Name} are for the columns of one");
            return plan with { VisibleUnits = isAuto ? BernoulliLayer.Name : plan.VisibleUnits, Scale = Scale(DataScale.None) };
        }
        if (table.Schema?.Alphabet is not null && (isAuto || isBm || plan.VisibleUnits == MixedLayer.Name)) return OfAlignment(plan);
        if (isBm && !UsesTable(plan)) return plan with { Scale = Scale(DataScale.None) };
        bool isMixed = plan.VisibleUnits == MixedLayer.Name || (isAuto && !TableDetector.AreShares(table, Options(plan),
            plan.Missing is not null, allowsAny: plan.Scale == DataScale.MinMax));
        DataScale scale = Scale(isMixed ? DataScale.NormalScores : DataScale.None);
        // What nobody wrote down is completed as rows are presented, where that can be done: a machine that lacked the unit instead would
        // learn from which rows lack it (docs/design-notes.md).
        bool completes = plan.Kind == ModelKind.Rbm || plan.Kind == ModelKind.Dbm;
        MissingValues gaps = plan.Missing ?? (completes ? MissingValues.Unknown : MissingValues.Absent);
        return isMixed ? plan with { VisibleUnits = MixedLayer.Name, Scale = scale, LearnPrecision = true, Missing = gaps }
            : plan with { VisibleUnits = isAuto ? BernoulliLayer.Name : plan.VisibleUnits, Scale = scale };

        DataScale Scale(DataScale otherwise) => plan.Scale == DataScale.Auto ? otherwise : plan.Scale;
    }

    // A block for each site: nothing to scale, and nothing missing, as a gap is a letter.
    static TrainPlan OfAlignment(TrainPlan plan)
    {
        if (plan.Scale is not (DataScale.Auto or DataScale.None))
            throw new BadInputException($"{plan.Data} holds aligned sequences, whose letters have no scale; expected --scale none");
        if (plan.Missing is not null)
            throw new BadInputException($"{plan.Data} holds aligned sequences, in which a gap is a letter; --missing is for other tables");
        if (plan.Kind == ModelKind.Bm && (plan.VisibleUnits == SpinLayer.Name || plan.Categories is not null))
            throw new BadInputException($"{plan.Data} holds aligned sequences, of which a bm makes a block of letters for each site, "
                + $"without --categories or --visible-units {SpinLayer.Name}");
        return plan with
        {
            VisibleUnits = MixedLayer.Name,
            Scale = DataScale.None,
            ZeroSum = plan.ZeroSum ?? (plan.Kind == ModelKind.Rbm ? true : null),
        };
    }

    /// <summary>Whether the columns of the plan's table are looked at one by one.</summary>
    public static bool UsesTable(TrainPlan plan) =>
        plan.VisibleUnits == MixedLayer.Name || plan.Columns is not null || plan.Ignore is not null || plan.Types is not null;

    /// <summary>What the columns of the plan's table hold, by one pass over it unless it was looked at before.</summary>
    /// <exception cref="BadInputException">The data are no table, or a column does not hold what was said.</exception>
    public static TableSchema Detect(TrainPlan plan, RunContext context) => (plan.Look ?? Look(plan, context)).Schema;

    static TableLook Look(TrainPlan plan, RunContext context)
    {
        using ITableReader table = Open(plan, context)
            ?? throw new BadInputException($"{plan.Data} is not a table (.csv, .jsonl, .parquet)");
        return TableDetector.Look(table, Options(plan));
    }

    /// <summary>How many rows are read at most; null for all, from which rows that are set apart are chosen.</summary>
    public static int? RowsRead(TrainPlan plan) => plan.ValidationRows == 0 ? plan.TrainRows : null;

    static ITableReader? Open(TrainPlan plan, RunContext context) =>
        context.Data.OpenTable(plan.Data, plan.Reading.Apply(new() { Csv = new() { HasHeader = plan.HasHeader } }));

    static TableOptions Options(TrainPlan plan) => new()
    {
        Columns = plan.Columns,
        Ignore = plan.Ignore ?? [],
        Types = (plan.Types ?? []).Select(Type).ToDictionary(StringComparer.Ordinal),
        LabelColumn = plan.LabelColumn,
        Rows = RowsRead(plan),
    };

    // The name may have a sign of equality, the type has none.
    static KeyValuePair<string, ColumnType> Type(string stated)
    {
        int sign = stated.LastIndexOf('=');
        ColumnType? type = sign > 0 ? TableSchema.TypeOf(stated[(sign + 1)..].Trim()) : null;
        return type is ColumnType found ? new(stated[..sign], found)
            : throw new BadInputException($"--types {stated}: expected NAME=TYPE with a type of real, binary, categorical, count or "
                + "ignored");
    }
}
