using System.Text.Json.Nodes;

namespace Boltzmann.Estimators;

/// <summary>
/// What the transformers of one machine share: the machine learns scaled rows by persistent contrastive divergence (Tieleman 2008), all of
/// its layers at once, with a centred gradient (Montavon and Müller 2012). Weights begin with the spread of Glorot and Bengio (2010): on
/// few rows features should be no worse than those of random weights.
/// </summary>
/// <typeparam name="TSettings">How it learns.</typeparam>
/// <typeparam name="TModel">What learns.</typeparam>
public abstract class MachineTransformer<TSettings, TModel> : RowEstimator, ITransformer
    where TSettings : MachineSettings where TModel : EnergyModel, IModel
{
    const uint WeightStream = 0x77656967;

    private protected MachineTransformer(TSettings settings, Placement? placement) : base(placement)
    {
        Settings = settings;
        Settings.Validate();
    }

    /// <summary>How it learns.</summary>
    public TSettings Settings { get; }

    /// <summary>What it learned; null for nothing.</summary>
    private protected TModel? Learned { get; set; }

    /// <inheritdoc/>
    private protected override FeatureScaling ColumnScaling => Settings.Scaling;

    /// <inheritdoc/>
    private protected override bool MakesBits => Settings.Binarize;

    /// <inheritdoc/>
    public abstract ITransformer Unfitted();

    /// <inheritdoc/>
    public void Fit(RowData x, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        Dataset data = Checked(x);
        DataDescription description = Described(data);
        Dataset rows = Applied(description, data);
        Layer visible = VisibleFor(rows);
        bool isReal = visible.Values == UnitValues.Reals;
        Layer[] layers = [visible, .. Settings.HiddenUnits.Select(units => new BernoulliLayer(units, Placement))];
        TModel model = Begun(layers, rows, progress, cancellation);
        var trainer = new Trainer(model, new PersistentContrastiveDivergence(Settings.Chains, Settings.SweepsPerUpdate,
            inference: Inference), new Sgd(), Settings.Training(isReal), Settings.Seed);
        foreach (TrainingProgress step in trainer.Run(rows, Settings.Epochs))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(FitPhase.Machines, Settings.MachinesBefore + 1, Settings.MachinesBefore + 1, step));
        }
        (Learned, Data, Columns) = (model, description, data.Columns);
    }

    /// <inheritdoc/>
    public double[,] Transform(RowData x)
    {
        Dataset rows = Prepared(x);
        return InBlocks(rows, Settings.HiddenUnits[^1], Placement, Features);
    }

    /// <inheritdoc/>
    public double[,] FitTransform(RowData x, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        Fit(x, progress, cancellation);
        return Transform(x);
    }

    /// <summary>Writes machine and preprocessing to one model file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Save(string path) => ModelFile.Save(path, Learned ?? throw NothingLearned(), EstimatorEntry.Write(Json(), Data));

    /// <summary>How layers find their means while learning; null where one sweep does.</summary>
    private protected virtual MeanField? Inference => null;

    /// <summary>The machine that begins to learn.</summary>
    private protected abstract TModel Begun(Layer[] layers, Dataset rows, IProgress<FitProgress>? progress,
        CancellationToken cancellation);

    /// <summary>Weights of the usual spread, and visible biases at the moments of the rows.</summary>
    private protected static void Start(Rbm machine, Dataset? rows, Rng rng)
    {
        machine.SetRandomWeights(Math.Sqrt(2.0 / (machine.Visible.Units + machine.Hidden.Units)), rng);
        if (rows is not null) machine.Visible.SetFromMoments(rows.Statistics.Means, rows.Statistics.Variances);
    }

    /// <summary>For the weights at the start.</summary>
    private protected Rng WeightRng => new(Settings.Seed, WeightStream);

    /// <summary>What it makes of scaled rows.</summary>
    private protected abstract Matrix Features(Matrix rows);

    /// <summary>The settings as files have them.</summary>
    private protected abstract JsonNode? Json();

    /// <summary>Takes a machine from a file.</summary>
    private protected void Take(TModel model, DataDescription data) => (Learned, Data, Columns) = (model, data, model.Layers[0].Units);
}
