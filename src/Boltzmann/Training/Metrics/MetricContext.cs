namespace Boltzmann.Training;

/// <summary>What a metric may look at. Its randomness is its own, so measuring never changes what is learned.</summary>
/// <param name="Model">The machine, to be read only.</param>
/// <param name="Training">The first training rows, as presented without dropout; the same rows and bits at every epoch.</param>
/// <param name="Validation">Held-out rows; null if there are none.</param>
/// <param name="Seconds">Time of the epoch, in seconds.</param>
/// <param name="RowsPerSecond">Training rows per second in the epoch.</param>
/// <param name="Rng">Starts afresh at every epoch.</param>
public sealed record MetricContext(EnergyModel Model, Matrix Training, Matrix? Validation, double Seconds, double RowsPerSecond, Rng Rng)
{
    /// <summary>The classes of the training rows; null without labels.</summary>
    public int[]? TrainingLabels { get; init; }

    /// <summary>The classes of the held-out rows; null without them or their labels.</summary>
    public int[]? ValidationLabels { get; init; }

    /// <summary>How the training infers hidden layers, to be used as it is; its defaults where the training infers none.</summary>
    public MeanField Inference { get; init; } = new();

    /// <summary>log Z as followed along persistent chains, in nats, and its standard error; null where nothing follows it.</summary>
    public (double Value, double StandardError)? LogPartition { get; init; }

    /// <summary>The machine as one of a visible and a hidden layer.</summary>
    /// <exception cref="InvalidOperationException">It is another kind of model; see <see cref="Metric.ModelType"/>.</exception>
    public Rbm Rbm => Model as Rbm ?? throw new InvalidOperationException("this metric looks at an RBM, but the model is another");

    /// <summary>log p(class | row) of a machine with labels, [N × classes].</summary>
    /// <param name="rows">Those of <see cref="Training"/> or <see cref="Validation"/>.</param>
    /// <exception cref="ArgumentException">The machine has none; see <see cref="Metric.NeedsLabels"/>.</exception>
    public Matrix PredictLogProbabilities(Matrix rows) => Shared.Prediction(rows, () => LabelPosterior.LogProbabilities(Model, rows));

    /// <summary>What other metrics of this measurement have found already.</summary>
    internal SharedMeasures Shared { get; init; } = new();
}
