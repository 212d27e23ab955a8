namespace Boltzmann;

/// <summary>
/// A regressor in one object: as <see cref="DbnClassifier{TLabel}"/>, with one linear output. Targets are brought to mean 0 and variance 1
/// for learning, and predictions taken back.
/// </summary>
/// <param name="settings">How it learns; the defaults when null.</param>
/// <param name="placement">Where to work; single precision on all cores when null.</param>
/// <exception cref="BadInputException">A setting is out of range.</exception>
public sealed class DbnRegressor(DbnSettings? settings = null, Placement? placement = null) : DbnEstimator(settings, placement),
    IEstimator<double>
{
    Network? network;

    /// <summary>The network that it learned; its outputs are in units of the targets' standard deviation, from their mean.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public Network Network => network ?? throw NothingLearned();

    /// <summary>Every epoch of fine-tuning, with its metrics (<see cref="NetworkMetric"/>).</summary>
    public IReadOnlyList<EpochRecord> History { get; private set; } = [];

    /// <inheritdoc/>
    public bool TellsClasses => false;

    /// <inheritdoc/>
    public IEstimator<double> Unfitted() => new DbnRegressor(Settings, Placement);

    /// <summary>Learns rows and their targets, forgetting what was learned before.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="targets">A number for each.</param>
    /// <param name="pretrain">Whether the network begins as a stack of machines that has learned the rows; else it begins at
    /// random.</param>
    /// <param name="progress">Told after each update; null for nobody.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">Not one finite target per row, or a value that is not finite.</exception>
    /// <exception cref="DivergenceException">Learning diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was learned before stays.</exception>
    public void Fit(RowData x, IReadOnlyList<double> targets, bool pretrain = true, IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        Dataset data = Checked(x);
        RequireTargets(data, targets);
        // The targets travel as labels that are row numbers, so that a split takes them along.
        var numbered = new Dataset(data.Name, data.Rows)
        {
            Image = data.Image,
            ColumnNames = data.ColumnNames,
            Labels = [.. Enumerable.Range(0, data.Count)]
        };
        var (training, validation) = Divided(numbered, stratify: false);
        double[] Of(Dataset part) => [.. part.Labels!.Select(r => targets[r])];
        var scaling = Standardizer.Fit(new Dataset("targets", new NumberRows(Of(training), 1)));
        DataDescription description = Described(training) with { Targets = scaling };
        Examples Scaled(Dataset part) => Examples.OfValues(Applied(description, part),
            [.. Of(part).Select(y => (y - scaling.Means[0]) / scaling.StandardDeviations[0])]);
        (network, History) = Tuned(Scaled(training), validation is null ? null : Scaled(validation), new LinearHead(), pretrain,
            progress, cancellation);
        (Data, Columns) = (description, data.Columns);
    }

    void IEstimator<double>.Fit(RowData x, IReadOnlyList<double> targets, CancellationToken cancellation) =>
        Fit(x, targets, cancellation: cancellation);

    /// <summary>The number for each row.</summary>
    /// <param name="x">Rows.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, no rows, or a value that is not finite.</exception>
    public double[] Predict(RowData x)
    {
        double[] outputs = Network.Predict(Prepared(x)).ReadColumn(0);
        return Data.Targets is Standardizer targets ? [.. outputs.Select(y => y * targets.StandardDeviations[0] + targets.Means[0])]
            : outputs;
    }

    /// <summary>Activities of the last hidden layer, [B × its units].</summary>
    /// <inheritdoc cref="Predict"/>
    public double[,] Transform(RowData x) => LastHidden(Network, Prepared(x));

    /// <summary>R² = 1 − Σ(y − prediction)²/Σ(y − ȳ)²: 1 for perfect predictions, 0 for those no better than the mean.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="targets">Their numbers y.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Not one finite target per row, or all the same; else as for <see cref="Predict"/>.</exception>
    public double Score(RowData x, IReadOnlyList<double> targets)
    {
        double[] predicted = Predict(x);
        RequireTargets(x.Dataset, targets);
        double mean = targets.Average(), spread = targets.Sum(y => (y - mean) * (y - mean));
        if (!(spread > 0)) throw new BadInputException($"{x.Dataset.Name}: all targets are {targets[0]}: expected different ones, without "
            + "which R² means nothing");
        return 1 - predicted.Zip(targets).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)) / spread;
    }

    /// <summary>Writes network and preprocessing to one model file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Save(string path) => ModelFile.Save(path, Network, EstimatorEntry.Write(Settings, Data));

    /// <summary>Reads what <see cref="Save"/> wrote; any file of a network that predicts one number will do.</summary>
    /// <param name="path">The file.</param>
    /// <param name="placement">Where to; single precision on all cores, or the precision of the file, when null.</param>
    /// <exception cref="BadInputException">The file is missing or malformed, or holds another kind of model.</exception>
    public static DbnRegressor Load(string path, Placement? placement = null)
    {
        Network network = ModelFile.LoadNetwork(path, placement);
        if (network.Head.IsClassifier || network.Outputs != 1) throw new BadInputException($"{path}: holds a network that "
            + $"{(network.Head.IsClassifier ? "tells classes apart" : $"predicts {network.Outputs} numbers")}; expected one that predicts "
            + "a number");
        var (settings, data) = EstimatorEntry.Read(ModelFile.Describe(path), path);
        return new(settings, network.Placement) { network = network, Data = data, Columns = network.Inputs };
    }

    static void RequireTargets(Dataset data, IReadOnlyList<double> targets)
    {
        if (targets is null)
            throw new BadInputException($"{data.Name}: the targets are missing: expected one for each of {data.Count} rows");
        if (targets.Count != data.Count)
            throw new BadInputException($"{data.Name} has {data.Count} rows, but there are {targets.Count} targets");
        for (int r = 0; r < targets.Count; r++)
            if (!double.IsFinite(targets[r]))
                throw new BadInputException($"{data.Name}: the target of row {r + 1} is {targets[r]}: expected a finite number");
    }
}
