namespace Boltzmann;

/// <summary>
/// A trained model of any kind, ready to be asked: it takes rows in the units of the data it was trained on and answers in them. One
/// model, many readers: any number of threads may ask it at once, and each answer is that of one thread asking alone.
/// </summary>
public sealed partial class TrainedModel
{
    const int RowsAtOnce = 1024;

    readonly LoadedModel? machine;
    readonly LoadedPredictor? predictor;
    readonly Placement placement;
    readonly Lazy<double> exactLogPartition;
    readonly Lazy<TrainedModel> inDouble;

    TrainedModel(LoadedModel? machine, LoadedPredictor? predictor)
    {
        this.machine = machine;
        this.predictor = predictor;
        LoadedFile file = (LoadedFile?)machine ?? predictor!;
        (Path, Description, Preprocessing, Columns) = (file.Path, file.Description, file.Preprocessing, file.Columns);
        (Classes, placement) = (predictor?.Classes, file.Placement);
        exactLogPartition = new(() => Exact.LogPartition(Machine("a log-likelihood").Undirected));
        inDouble = new(() => placement.Precision == Precision.Float64 ? this : Clone(placement.Double));
    }

    /// <summary>Opens a model.</summary>
    /// <param name="path">A model file, a checkpoint, or the folder of a run.</param>
    /// <param name="placement">Where to compute; single precision on all cores when null.</param>
    /// <exception cref="BadInputException">There is none, or it cannot be read; the message says why.</exception>
    public static TrainedModel Load(string path, Placement? placement = null)
    {
        path = RunFolder.FindModel(path);
        placement ??= Placement.Default;
        ModelDescription description = ModelFile.Describe(path);
        if (description.Model == ModelKind.Network.Name) return new(null, LoadedNetwork.Read(path, placement));
        LoadedModel loaded = LoadedModel.Read(path, placement);
        return new(loaded, LoadedLabelled.IsOf(description) ? new LoadedLabelled(path, loaded.Model, description, loaded.Data) : null);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Kind, layers, and how it was trained.</summary>
    public ModelDescription Description { get; }

    /// <summary>What rows go through on their way in, and answers on their way out.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>Values of a row.</summary>
    public int Columns { get; }

    /// <summary>Names of the classes that it tells apart; null if it tells none.</summary>
    public IReadOnlyList<string>? Classes { get; }

    /// <summary>Names of the columns of a row: those of the training's data, or v0, v1, …</summary>
    public IReadOnlyList<string> ColumnNames => Inference.ColumnNames.Visible(File);

    /// <summary>What the columns of the training's table hold, in its own words; null where rows were numbers as they stood.</summary>
    public TableSchema? Table => Preprocessing.Data.Table;

    /// <summary>All of its parameters.</summary>
    public IReadOnlyList<Parameter> Parameters => machine?.Model.Parameters ?? ((LoadedNetwork)predictor!).Network.Parameters;

    /// <summary>Whether it generates rows, and is no network.</summary>
    public bool IsGenerative => machine is not null;

    /// <summary>Layers below those that chains run in: 0 where chains see the rows themselves.</summary>
    public int LayersBelowChains => machine?.Model.Below ?? 0;

    /// <summary>The loadings of the units of the first hidden layer, those with the largest weights first.</summary>
    /// <param name="top">Visible units to name on each side.</param>
    /// <exception cref="BadInputException">The model generates no rows.</exception>
    public IReadOnlyList<FactorLoading> Factors(int top) => Generative().Model.Factors(top);

    /// <summary>Hidden layers.</summary>
    public int HiddenLayers => machine?.Model.Top ?? ((LoadedNetwork)predictor!).Network.Layers.Count - 1;

    /// <summary>"rbm, 784 bernoulli × 256 bernoulli".</summary>
    public override string ToString() => machine?.Title ?? predictor!.Title;

    // From memory: the file may be another one by now.
    TrainedModel Clone(Placement elsewhere)
    {
        GenerativeModel? model = machine?.Model.Clone(elsewhere);
        LoadedPredictor? predicting = predictor is LoadedLabelled labelled ? labelled with { Model = model! }
            : (predictor as LoadedNetwork)?.At(elsewhere);
        return new(machine is null ? null : machine with { Model = model! }, predicting);
    }

    LoadedFile File => (LoadedFile?)machine ?? predictor!;

    GenerativeModel Machine(string asked) => machine?.Model
        ?? throw new BadInputException($"{Path}: holds a {Description.Model}, which does not give {asked}");

    // Rows as the model takes them, in parts.
    IEnumerable<Matrix> Parts(RowData rows)
    {
        Dataset data = Prepared(rows);
        for (int first = 0; first < data.Count; first += RowsAtOnce) yield return data.ToMatrix(first, Math.Min(RowsAtOnce,
            data.Count - first), placement);
    }

    Dataset Prepared(RowData rows)
    {
        Dataset data = Preprocessing.Apply(Checked(rows), precision: placement.Precision);
        VisibleRows.Check(data, File.RowLayers);
        return data;
    }

    // In the units of the data, each column in its place.
    Dataset Checked(RowData rows)
    {
        Dataset data = Preprocessing.Data.Match(rows.Dataset);
        return data.Columns == Columns ? data
            : throw new BadInputException($"{data.Name}: found {data.Columns} columns, but {Path} takes {Columns}");
    }

    static Matrix Joined(IEnumerable<Matrix> parts, int columns)
    {
        Matrix[] all = [.. parts];
        if (all.Length == 1) return all[0];
        var joined = new Matrix(all.Sum(part => part.Rows), columns, all.Length == 0 ? Placement.Default : all[0].Placement);
        int first = 0;
        foreach (Matrix part in all)
        {
            joined.RowRange(first, part.Rows).SetCopy(part);
            first += part.Rows;
        }
        return joined;
    }

    int LayerOf(int? layer)
    {
        int number = layer ?? HiddenLayers;
        if (number >= 1 && number <= HiddenLayers) return number;
        string layers = HiddenLayers == 1 ? "1 hidden layer" : $"{HiddenLayers} hidden layers";
        throw new BadInputException($"{Path} has {layers}; there is no layer {number}");
    }
}
