using System.Globalization;

namespace Boltzmann;

/// <summary>
/// A classifier in one object: scales rows, teaches a stack of machines without labels, turns it into a network with a softmax on top (for
/// two classes one logistic unit), and teaches that with labels (Hinton, Osindero and Teh 2006; Hinton and Salakhutdinov 2006).
/// </summary>
/// <typeparam name="TLabel">What classes are called by: string or int.</typeparam>
/// <param name="settings">How it learns; the defaults when null.</param>
/// <param name="placement">Where to work; single precision on all cores when null.</param>
/// <exception cref="BadInputException">A setting is out of range.</exception>
public sealed class DbnClassifier<TLabel>(DbnSettings? settings = null, Placement? placement = null) : DbnEstimator(settings, placement),
    IEstimator<TLabel> where TLabel : notnull, IParsable<TLabel>, IComparable<TLabel>
{
    Network? network;

    /// <summary>The classes it tells apart, in order; the columns of <see cref="PredictProbabilities"/>.</summary>
    public IReadOnlyList<TLabel> Classes { get; private set; } = [];

    /// <summary>The network that it learned.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public Network Network => network ?? throw NothingLearned();

    /// <summary>Every epoch of fine-tuning, with its metrics (<see cref="NetworkMetric"/>).</summary>
    public IReadOnlyList<EpochRecord> History { get; private set; } = [];

    /// <inheritdoc/>
    public bool TellsClasses => true;

    /// <inheritdoc/>
    public IEstimator<TLabel> Unfitted() => new DbnClassifier<TLabel>(Settings, Placement);

    /// <summary>Learns rows and their classes, forgetting what was learned before.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="pretrain">Whether the network begins as a stack of machines that has learned the rows; else it begins at
    /// random.</param>
    /// <param name="progress">Told after each update; null for nobody.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">Not one label per row, one class only, or a value that is not finite.</exception>
    /// <exception cref="DivergenceException">Learning diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was learned before stays.</exception>
    public void Fit(RowData x, IReadOnlyList<TLabel> labels, bool pretrain = true, IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        Dataset data = Checked(x);
        LabelNumbers.Require(labels, data);
        TLabel[] classes = LabelNumbers.Classes(labels, data.Name);
        var labelled = new Dataset(data.Name, data.Rows)
        {
            Image = data.Image,
            ColumnNames = data.ColumnNames,
            Labels = LabelNumbers.Of(labels, classes, data.Name),
            LabelNames = [.. classes.Select(LabelNumbers.Name)]
        };
        var (training, validation) = Divided(labelled, stratify: true);
        DataDescription description = Described(training);
        bool isPair = classes.Length == 2;
        Examples Of(Dataset part) => Examples.OfClasses(Applied(description, part), classes.Length, isPair ? 1 : null);
        (network, History) = Tuned(Of(training), validation is null ? null : Of(validation),
            isPair ? new LogisticHead() : new SoftmaxHead(), pretrain, progress, cancellation);
        (Data, Classes, Columns) = (description, classes, data.Columns);
    }

    /// <summary>Learns a dataset with labels.</summary>
    /// <inheritdoc cref="Fit(RowData, IReadOnlyList{TLabel}, bool, IProgress{FitProgress}, CancellationToken)"/>
    /// <param name="training">Rows with labels, whose names are read as what classes are called by.</param>
    /// <param name="pretrain">Whether the network begins as a stack of machines that has learned the rows.</param>
    /// <param name="progress">Told after each update; null for nobody.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    public void Fit(Dataset training, bool pretrain = true, IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default) => Fit(training, LabelsOf(training), pretrain, progress, cancellation);

    void IEstimator<TLabel>.Fit(RowData x, IReadOnlyList<TLabel> targets, CancellationToken cancellation) =>
        Fit(x, targets, cancellation: cancellation);

    double IEstimator<TLabel>.Score(RowData x, IReadOnlyList<TLabel> targets) => Score(x, targets);

    /// <summary>The most probable class of each row.</summary>
    /// <param name="x">Rows.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, no rows, or a value that is not finite.</exception>
    public TLabel[] Predict(RowData x) => [.. Classifier.Greatest(PredictProbabilities(x)).Select(k => Classes[k])];

    /// <summary>Probability of each class, [B × classes].</summary>
    /// <inheritdoc cref="Predict"/>
    public double[,] PredictProbabilities(RowData x)
    {
        double[,] outputs = Network.Predict(Prepared(x)).ToArray();
        if (outputs.GetLength(1) == Classes.Count) return outputs;
        // One logistic output tells two classes apart.
        var both = new double[outputs.GetLength(0), 2];
        for (int r = 0; r < both.GetLength(0); r++) (both[r, 0], both[r, 1]) = (1 - outputs[r, 0], outputs[r, 0]);
        return both;
    }

    /// <summary>Probability of each class by what it is called, row by row.</summary>
    /// <inheritdoc cref="Predict"/>
    public IReadOnlyList<IReadOnlyDictionary<TLabel, double>> PredictProbabilitiesByClass(RowData x)
    {
        double[,] probabilities = PredictProbabilities(x);
        return [.. Enumerable.Range(0, probabilities.GetLength(0)).Select(r => Enumerable.Range(0,
            Classes.Count).ToDictionary(k => Classes[k], k => probabilities[r, k]))];
    }

    /// <summary>Activities of the last hidden layer, [B × its units].</summary>
    /// <inheritdoc cref="Predict"/>
    public double[,] Transform(RowData x) => LastHidden(Network, Prepared(x));

    /// <summary>Accuracy: the share of rows whose class is predicted, from 0 to 1.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="labels">Their classes.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Not one label per row, or a class that training never saw; else as for
    /// <see cref="Predict"/>.</exception>
    public double Score(RowData x, IReadOnlyList<TLabel> labels)
    {
        TLabel[] predicted = Predict(x);
        LabelNumbers.Require(labels, x.Dataset);
        LabelNumbers.Of(labels, Classes, x.Dataset.Name);
        return predicted.Zip(labels).Count(pair => EqualityComparer<TLabel>.Default.Equals(pair.First,
            pair.Second)) / (double)predicted.Length;
    }

    /// <summary>Accuracy on a dataset with labels.</summary>
    /// <inheritdoc cref="Score(RowData, IReadOnlyList{TLabel})"/>
    /// <param name="labelled">Rows with labels.</param>
    public double Score(Dataset labelled) => Score(labelled, LabelsOf(labelled));

    /// <summary>Writes network, classes and preprocessing to one model file, which <see cref="DbnClassifier.Load"/> reads.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Save(string path) =>
        ModelFile.Save(path, Network, EstimatorEntry.Write(Settings, Data), [.. Classes.Select(LabelNumbers.Name)]);

    internal static DbnClassifier<TLabel> Load(string path, Placement? placement)
    {
        Network network = ModelFile.LoadNetwork(path, placement);
        ModelDescription description = ModelFile.Describe(path);
        if (!network.Head.IsClassifier)
            throw new BadInputException($"{path}: holds a network that predicts numbers; expected one that tells classes apart");
        IReadOnlyList<string> names = description.Classes
            ?? [.. Enumerable.Range(0, Math.Max(2, network.Outputs)).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        var (settings, data) = EstimatorEntry.Read(description, path);
        return new(settings, network.Placement) { network = network, Classes = Parsed(names, path), Data = data, Columns = network.Inputs };
    }

    static TLabel[] LabelsOf(Dataset data)
    {
        int[] labels = data.Labels ?? throw new BadInputException($"{data.Name} has no labels");
        int[] present = [.. labels.Distinct()];
        TLabel[] parsed = Parsed([.. present.Select(k => data.LabelNames?[k] ?? k.ToString(CultureInfo.InvariantCulture))], data.Name);
        var called = Enumerable.Range(0, present.Length).ToDictionary(i => present[i], i => parsed[i]);
        return [.. labels.Select(k => called[k])];
    }

    // What classes of some names are called by; no two by the same.
    static TLabel[] Parsed(IReadOnlyList<string> names, string where)
    {
        TLabel[] labels = [.. names.Select(name => Parse(name, where))];
        var first = new Dictionary<TLabel, int>();
        for (int k = 0; k < labels.Length; k++)
            if (!first.TryAdd(labels[k], k)) throw new BadInputException($"{where}: the classes {Quoted.Text(names[first[labels[k]]])} and "
                + $"{Quoted.Text(names[k])} are the same {typeof(TLabel).Name}: expected different ones");
        return labels;
    }

    // Numbers that are not whole would take a comma for a separator of thousands: 0,5 for 5.
    static TLabel Parse(string name, string where)
    {
        bool isGrouped = default(TLabel) is double or float or decimal or Half && name.Contains(',');
        return !isGrouped && TLabel.TryParse(name, CultureInfo.InvariantCulture, out TLabel? label) ? label
            : throw new BadInputException($"{where}: the class {Quoted.Text(name)} is not of type {typeof(TLabel).Name}");
    }
}
