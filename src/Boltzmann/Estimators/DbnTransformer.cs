namespace Boltzmann;

/// <summary>
/// Features without labels in one object: scales rows and teaches a stack of machines of binary hidden units (Hinton, Osindero and Teh
/// 2006); the features of a row are the means of the top layer.
/// </summary>
public sealed class DbnTransformer : DbnEstimator, ITransformer
{
    Dbn? stack;

    /// <summary>An estimator that has learned nothing.</summary>
    /// <param name="settings">How it learns, those of fine-tuning and held-out rows being of no effect; the defaults when null.</param>
    /// <param name="placement">Where to work; single precision on all cores when null.</param>
    /// <exception cref="BadInputException">A setting is out of range, or the activation is not that of binary units.</exception>
    public DbnTransformer(DbnSettings? settings = null, Placement? placement = null) : base(settings, placement)
    {
        if (Settings.Activation != Activation.Sigmoid) throw new BadInputException("the hidden units of a stack are binary: expected the "
            + $"activation {nameof(Activation.Sigmoid)}, not {Settings.Activation}");
    }

    /// <summary>The stack that it learned.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public Dbn Stack => stack ?? throw NothingLearned();

    /// <inheritdoc/>
    public ITransformer Unfitted() => new DbnTransformer(Settings, Placement);

    /// <summary>Learns rows, forgetting what was learned before.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="progress">Told after each update; null for nobody.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">There are no rows, or a value is not finite.</exception>
    /// <exception cref="DivergenceException">Learning diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was learned before stays.</exception>
    public void Fit(RowData x, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        Dataset data = Checked(x);
        DataDescription description = Described(data);
        stack = Pretrained(Applied(description, data), progress, cancellation);
        (Data, Columns) = (description, data.Columns);
    }

    /// <summary>Means of the top layer, [B × its units].</summary>
    /// <param name="x">Rows.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, no rows, or a value that is not finite.</exception>
    public double[,] Transform(RowData x)
    {
        Dataset rows = Prepared(x);
        return InBlocks(rows, Stack.Layers[^1].Units, Stack.Placement, Stack.Transform);
    }

    /// <summary>Learns rows and gives their features.</summary>
    /// <inheritdoc cref="Fit"/>
    public double[,] FitTransform(RowData x, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        Fit(x, progress, cancellation);
        return Transform(x);
    }

    /// <summary>Writes stack and preprocessing to one model file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Save(string path) => ModelFile.Save(path, Stack, EstimatorEntry.Write(Settings, Data));

    /// <summary>Reads what <see cref="Save"/> wrote; any file of a deep belief network will do.</summary>
    /// <param name="path">The file.</param>
    /// <param name="placement">Where to; single precision on all cores, or the precision of the file, when null.</param>
    /// <exception cref="BadInputException">The file is missing or malformed, or holds another kind of model.</exception>
    public static DbnTransformer Load(string path, Placement? placement = null)
    {
        Dbn stack = ModelFile.LoadDbn(path, placement);
        var (settings, data) = EstimatorEntry.Read(ModelFile.Describe(path), path);
        return new(settings, stack.Placement) { stack = stack, Data = data, Columns = stack.Visible.Units };
    }
}
