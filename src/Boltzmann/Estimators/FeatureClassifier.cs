namespace Boltzmann;

/// <summary>
/// A classifier on features, in one object: a transformer learns rows without their labels, and a classifier learns the classes of the
/// features that it makes of them.
/// </summary>
/// <typeparam name="TLabel">What classes are called by: string or int.</typeparam>
/// <param name="transformer">Makes features: an <see cref="RbmTransformer"/>, <see cref="DbmTransformer"/> or
/// <see cref="DbnTransformer"/>. It is fitted in place.</param>
/// <param name="classifier">Makes a classifier that has learned nothing.</param>
public sealed class FeatureClassifier<TLabel>(ITransformer transformer, Func<Classifier> classifier) : IEstimator<TLabel>
    where TLabel : notnull, IComparable<TLabel>
{
    Classifier? fitted;

    /// <summary>Makes features.</summary>
    public ITransformer Transformer => transformer;

    /// <summary>What learned the classes of features.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public Classifier Classifier => fitted ?? throw new InvalidOperationException("the classifier has learned nothing yet: fit it first");

    /// <summary>The classes it tells apart, in order.</summary>
    public IReadOnlyList<TLabel> Classes { get; private set; } = [];

    /// <inheritdoc/>
    public bool TellsClasses => true;

    /// <inheritdoc/>
    public IEstimator<TLabel> Unfitted() => new FeatureClassifier<TLabel>(transformer.Unfitted(), classifier);

    /// <summary>Learns rows and their classes, forgetting what was learned before.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="progress">Told after each update of what makes features; null for nobody.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">Not one label per row, one class only, or a value that is not finite.</exception>
    /// <exception cref="DivergenceException">Learning diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Fit(RowData x, IReadOnlyList<TLabel> labels, IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        LabelNumbers.Require(labels, x.Dataset);
        TLabel[] classes = LabelNumbers.Classes(labels, x.Dataset.Name);
        int[] numbers = LabelNumbers.Of(labels, classes, x.Dataset.Name);
        Matrix features = Matrix.From(transformer.FitTransform(x, progress, cancellation));
        Classifier learning = classifier();
        learning.Fit(features, numbers, classes.Length);
        (fitted, Classes) = (learning, classes);
    }

    void IEstimator<TLabel>.Fit(RowData x, IReadOnlyList<TLabel> targets, CancellationToken cancellation) =>
        Fit(x, targets, null, cancellation);

    double IEstimator<TLabel>.Score(RowData x, IReadOnlyList<TLabel> targets) => Score(x, targets);

    /// <summary>The most likely class of each row.</summary>
    /// <param name="x">Rows.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, no rows, or a value that is not finite.</exception>
    public TLabel[] Predict(RowData x)
    {
        Classifier asked = Classifier;
        return [.. asked.Predict(Matrix.From(transformer.Transform(x))).Select(k => Classes[k])];
    }

    /// <summary>Accuracy: the share of rows whose class is predicted, from 0 to 1.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="labels">Their classes.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Not one label per row, or a class that training never saw; else as for
    /// <see cref="Predict"/>.</exception>
    public double Score(RowData x, IReadOnlyList<TLabel> labels)
    {
        LabelNumbers.Require(labels, x.Dataset);
        LabelNumbers.Of(labels, Classes, x.Dataset.Name);
        return Predict(x).Zip(labels).Count(pair => EqualityComparer<TLabel>.Default.Equals(pair.First, pair.Second))
            / (double)labels.Count;
    }
}
