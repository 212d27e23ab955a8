namespace Boltzmann.Training;

/// <summary>Measures metrics on fixed rows with randomness of its own.</summary>
sealed class MetricMonitor
{
    // Enough for stable figures, few enough to cost little beside an epoch; shares of errors need more. Fewer where they are wide.
    const int Rows = 1000, RowsToClassify = 5000, WideRows = 100;

    readonly EnergyModel model;
    readonly TrainerOptions options;
    readonly Matrix training;
    readonly Matrix? validation;
    readonly int[]? trainingLabels, validationLabels;
    readonly Rng rng;
    readonly MeanField? inference;
    readonly LogPartitionFollower? follower;

    public MetricMonitor(EnergyModel model, TrainerOptions options, Dataset training, Dataset? validation, Rng rng, MeanField? inference,
        LogPartitionFollower? follower)
    {
        this.inference = inference;
        this.follower = follower;
        this.model = model;
        this.options = options;
        this.rng = rng;
        training = training.CompleteRows();
        validation = validation?.CompleteRows();
        int most = model.LabelLayer is null ? Rows : RowsToClassify;
        if (RowBatch.IsWide(training.Columns)) most = WideRows;
        this.training = Take(training, most);
        this.validation = validation is null ? null : Take(validation, most);
        trainingLabels = training.Labels?.Take(this.training.Rows).ToArray();
        validationLabels = validation?.Labels?.Take(this.validation!.Rows).ToArray();
    }

    /// <summary>The rows that are measured.</summary>
    public Matrix Training => training;

    public Dictionary<string, MetricValue> Measure(int epoch, bool isLast, double seconds, double rowsPerSecond)
    {
        var values = new Dictionary<string, MetricValue>();
        var shared = new SharedMeasures();
        Metric[] due = [.. options.Metrics.Where(metric => isLast || epoch % metric.Every == 0)];
        var logPartition = due.Any(metric => metric.NeedsChains) ? follower?.Measure(training, rng.Fork(rng.Stream + 2)) : null;
        foreach (Metric metric in due)
        {
            // What one metric leaves behind is not there beside what the next one takes.
            if (RowBatch.IsWide(training.Columns)) GC.Collect();
            values[metric.Name] = metric.NeedsRows && training.Rows == 0
                ? new(double.NaN) { Reason = "no row of the training data is complete" }
                : metric.Measure(new MetricContext(model, training, validation, seconds, rowsPerSecond, rng.Fork(rng.Stream + 1))
                {
                    TrainingLabels = trainingLabels,
                    ValidationLabels = validationLabels,
                    Inference = inference ?? new(),
                    LogPartition = logPartition,
                    Shared = shared,
                });
        }
        return values;
    }

    Matrix Take(Dataset set, int most)
    {
        int count = Math.Min(most, set.Count);
        Matrix rows = set.ToMatrix(0, count, model.Placement);
        if (model.ContextLayers.Count == 0)
        {
            options.Binarization.Apply(rows, rng, rows.Like(rows.Rows, rows.Columns));
            return rows;
        }
        var state = new State(model, count);
        model.SetRows(state, rows);
        foreach (int l in model.ModelledRowLayers)
            options.Binarization.For([model.Layers[l]]).Apply(state[l], rng, rows.Like(count, state[l].Columns));
        return model.ReadRows(state);
    }
}
