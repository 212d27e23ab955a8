namespace Boltzmann;

/// <summary>Measures metrics on fixed rows with randomness of its own.</summary>
sealed class Monitor
{
    // Enough for stable figures, few enough to cost little beside an epoch.
    const int Rows = 1000;

    readonly Rbm model;
    readonly TrainerOptions options;
    readonly Matrix training;
    readonly Matrix? validation;
    readonly Rng rng;

    public Monitor(Rbm model, TrainerOptions options, Dataset training, Dataset? validation, Rng rng)
    {
        this.model = model;
        this.options = options;
        this.rng = rng;
        this.training = Take(training);
        this.validation = validation is null ? null : Take(validation);
    }

    public Dictionary<string, double> Measure(int epoch, bool isLast, double seconds, double rowsPerSecond)
    {
        var values = new Dictionary<string, double>();
        foreach (Metric metric in options.Metrics)
            if (isLast || epoch % metric.Every == 0)
                values[metric.Name] = metric.Measure(new MetricContext(model, training, validation, seconds, rowsPerSecond, rng.Fork(rng.Stream + 1)));
        return values;
    }

    Matrix Take(Dataset set)
    {
        int count = Math.Min(Rows, set.Count);
        Matrix rows = set.ToMatrix(0, count, model.Placement);
        options.Binarization.Apply(rows, rng, rows.Like(rows.Rows, rows.Columns));
        return rows;
    }
}
