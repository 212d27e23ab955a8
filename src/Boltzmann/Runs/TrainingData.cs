namespace Boltzmann;

/// <summary>The rows of a training, as its plan says.</summary>
/// <param name="Training">Rows to learn, scaled.</param>
/// <param name="Validation">Rows set apart, scaled alike; null for none.</param>
/// <param name="Scaling">What the rows went through; null for nothing.</param>
sealed record TrainingData(Dataset Training, Dataset? Validation, Scaling? Scaling)
{
    /// <summary>Reads them.</summary>
    /// <param name="plan">What to read.</param>
    /// <param name="layers">What takes them.</param>
    /// <param name="context">Opens data, is warned.</param>
    /// <param name="seed">Of generated sets, and of the choice of held-out rows.</param>
    /// <exception cref="BadInputException">They cannot be read, or a setting asks for what is not there.</exception>
    public static TrainingData Read(TrainPlan plan, LayerSettings layers, RunContext context, ulong seed)
    {
        var options = new DataOptions
        {
            Seed = seed,
            Csv = new CsvOptions
            {
                LabelColumn = plan.LabelColumn,
                HasHeader = plan.HasHeader,
            },
        };
        var (training, validation) = HeldOut.Open(context.Data, plan.Data, options, plan.ValidationRows, seed, plan.Stratify);
        if (plan.TrainRows is int rows) training = training.Take(Math.Min(rows, training.Count));
        Scaling? scaling = plan.Scale switch
        {
            DataScale.Standardize => Standardizer.Fit(training),
            DataScale.MinMax => MinMaxScaler.Fit(training),
            _ => null,
        };
        return new(ForSpins(scaling?.Transform(training) ?? training), validation is null ? null : ForSpins(ScaledData.Of(validation, scaling, layers.HasBinaryRows, context.Warn)), scaling);

        Dataset ForSpins(Dataset rows) => SpinValues.Of(rows, layers.SpinColumns(rows.Columns), layers.IsBinarized);
    }

    /// <summary>How many classes the rows have.</summary>
    /// <exception cref="BadInputException">No labels, or nothing to tell apart.</exception>
    public int RequireClasses()
    {
        int classes = Training.Labels is null
            ? throw new BadInputException($"{Training.Name} has no labels, which this model learns with its rows{(Training.ColumnNames is null ? "" : ": --label-column says which column holds them")}")
            : Training.Classes;
        return classes >= 2 ? classes : throw new BadInputException($"all rows of {Training.Name} are of one class: there is nothing to tell apart");
    }
}
