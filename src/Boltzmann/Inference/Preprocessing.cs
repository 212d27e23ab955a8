using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Inference;

/// <summary>
/// What stands between rows as people have them and rows as a model takes them: the names of columns, the step of bytes, scaling, grey
/// values of spins. It is kept in the model file and done to every later row in the same way; <see cref="Apply"/> goes to the model and
/// <see cref="Undo"/> comes back.
/// </summary>
/// <param name="Data">What the file says of the training's data.</param>
/// <param name="SpinColumns">Which columns are spins: units of a machine, or what a network learned from one takes.</param>
/// <param name="IsBinary">Whether all columns are binary units, to whom grey values come in 0..1 and no others.</param>
/// <param name="IsBinarized">Whether training made bits of grey values.</param>
public sealed record Preprocessing(DataDescription Data, IReadOnlyList<bool> SpinColumns, bool IsBinary, bool IsBinarized)
{
    /// <summary>
    /// Whether an estimator made it that cut scaled values at ½: those above became 1, others 0 ("binarize" of its settings).
    /// </summary>
    internal bool CutsToBits { get; init; }

    /// <summary>What rows go through; null for nothing.</summary>
    public Scaling? Scaling => Data.Scaling;

    /// <summary>How a row is a picture; null if it is none.</summary>
    public ImageShape? Image => Data.Image;

    /// <summary>Names of the columns; null if they have none.</summary>
    public IReadOnlyList<string>? ColumnNames => Data.ColumnNames;

    /// <summary>The preprocessing that a model file holds.</summary>
    /// <param name="model">What the file says of its model.</param>
    /// <param name="file">For error messages.</param>
    /// <exception cref="BadInputException">An entry is malformed.</exception>
    public static Preprocessing Read(ModelDescription model, string file) => Of(model, DataDescription.Read(model, file), model.RowColumns);

    /// <summary>Rows as the model takes them.</summary>
    /// <param name="rows">In their own units. Columns that have names are found by them, in any order; bytes that a file settled the step
    /// of are read by that of the training.</param>
    /// <param name="isBinarized">Whether grey values become bits; as in the model's training when null.</param>
    /// <param name="warn">Told of rows that leave the range of the training's; null for nobody.</param>
    /// <param name="precision">Of the model, whose numbers must have room for every value.</param>
    /// <exception cref="BadInputException">Columns have other names, a value is too large, or a spin would have a value that is none of
    /// its own; the message says which and where.</exception>
    public Dataset Apply(Dataset rows, bool? isBinarized = null, Action<string>? warn = null, Precision precision = Precision.Float32)
    {
        Dataset scaled = ScaledData.Of(Data.Match(rows), Scaling, IsBinary, warn ?? (_ => { }), precision);
        if (CutsToBits) scaled = scaled.With(new ThresholdRows(scaled.Rows));
        return SpinValues.Of(scaled, SpinColumns, isBinarized ?? IsBinarized);
    }

    /// <summary>Brings rows of the model back to the units of the data, in place.</summary>
    /// <param name="rows">[B × columns].</param>
    public void Undo(Matrix rows)
    {
        if (Scaling is null) return;
        // What training scaled were grey values.
        if (IsBinarized) SpinValues.ToGrey(rows, SpinColumns);
        Scaling.Inverse(rows);
    }

    /// <summary>Adds it to the training entry of a model file.</summary>
    public void AddTo(JsonObject training) => Data.AddTo(training);

    internal static Preprocessing Of(ModelDescription model, DataDescription data, int columns)
    {
        TrainingFacts training = TrainingFacts.Of(model);
        LayerDescription[] rows = [.. model.Graph is LayerGraph graph ? graph.Visible.Where(l => l != graph.Labels).Select(l =>
            model.Layers[l]) : [model.Layers[0]]];
        bool isBinary = rows.All(layer => layer.Values is { IsPair: true });
        bool[] spins = model.Model == ModelKind.Network.Name
            ? [.. Enumerable.Repeat(training.TakesSpins, columns)]
            : [.. rows.Concat(model.Layers.Where(layer => layer.IsContext))
                .SelectMany(layer => Enumerable.Repeat(layer.Values == UnitValues.Spins, layer.Size))];
        return new(data, spins, isBinary, SpinValues.AreBinarized(training.Binarize, isBinary))
        {
            CutsToBits = (model.Training?["estimator"] as JsonObject)?["binarize"]?.GetValueKind() == JsonValueKind.True,
        };
    }
}
