namespace Boltzmann.Models;

/// <summary>
/// The kinds of models that files hold, with the layers and tensors each needs. Reading a file begins by holding it against this table.
/// </summary>
public sealed class ModelKind
{
    readonly int leastLayers, mostLayers;
    readonly Func<IReadOnlyList<LayerDescription>, IEnumerable<TensorShape>> tensors;

    ModelKind(string name, int leastLayers, int mostLayers, Func<IReadOnlyList<LayerDescription>, IEnumerable<TensorShape>> tensors)
    {
        Name = name;
        this.leastLayers = leastLayers;
        this.mostLayers = mostLayers;
        this.tensors = tensors;
    }

    /// <summary>Two layers and the weights between them.</summary>
    public static ModelKind Rbm { get; } = new("rbm", 2, 2, layers => [.. LayerTensors(layers), .. Chain("weights", layers)]);

    /// <summary>
    /// Layers from the visible one to the top with weights between neighbours. The layers have the parameters of the way down; inner ones
    /// have a bias of their own for the way up, recognition.J.bias, and where learning has untied the two ways, recognition.I-J
    /// (<see cref="DbnRecognition"/>).
    /// </summary>
    public static ModelKind Dbn { get; } = new("dbn", 2, int.MaxValue, layers =>
        [.. LayerTensors(layers), .. Enumerable.Range(1, layers.Count - 2).SelectMany(l => Of(RecognitionPrefix, layers, l)),
            .. Chain("weights", layers)]);

    /// <summary>Layer 0 is visible, 1 hidden, 2 the classes; weights join 0 and 1, 1 and 2.</summary>
    public static ModelKind ClassificationRbm { get; } = new("classification-rbm", 3, 3,
        layers => [.. LayerTensors(layers), .. Chain("weights", layers)])
    { HasClassLayer = true };

    /// <summary>
    /// A deep belief network whose last layer are the classes, beside the one below its top: layers and tensors as those of a
    /// <see cref="Dbn"/>, and the weights between the top and the classes.
    /// </summary>
    public static ModelKind ClassificationDbn { get; } = new("classification-dbn", 3, int.MaxValue, layers =>
        [.. LayerTensors(layers), .. Enumerable.Range(1, layers.Count - 3).SelectMany(l => Of(RecognitionPrefix, layers, l)),
            .. Chain("weights", layers)])
    { HasClassLayer = true };

    /// <summary>
    /// A feed-forward network: layer 0 are the inputs, the units of inner layers are activations ("sigmoid"), those of the last one the
    /// head ("softmax"). Layers from 1 up have biases, and the normalised ones layers.I.norm.scale, .mean and .variance (with ε in it).
    /// </summary>
    public static ModelKind Network { get; } = new("network", 2, int.MaxValue,
        layers => [.. Enumerable.Range(1, layers.Count - 1).SelectMany(l => NetworkLayer(layers, l)), .. Chain("weights", layers)]);

    /// <summary>Layers from the visible one to the top, each joined to the next.</summary>
    public static ModelKind Dbm { get; } = new("dbm", 2, int.MaxValue, layers => [.. LayerTensors(layers), .. Chain("weights", layers)]);

    /// <summary>A deep Boltzmann machine whose last layer are the classes, joined to its top.</summary>
    public static ModelKind ClassificationDbm { get; } = new("classification-dbm", 3, int.MaxValue,
        layers => [.. LayerTensors(layers), .. Chain("weights", layers)])
    { HasClassLayer = true };

    /// <summary>
    /// One layer, or a visible and a hidden one, of units with two values or one-hot blocks, every unit joined to every other.
    /// </summary>
    public static ModelKind Bm { get; } = new("bm", 1, 2, layers => [.. LayerTensors(layers), Weights(layers, 0, 0),
        .. layers.Count == 1 ? [] : (TensorShape[])[Weights(layers, 0, 1), Weights(layers, 1, 1)]]);

    /// <summary>Layers joined as the description says.</summary>
    public static ModelKind Graph { get; } = new("graph", 1, int.MaxValue, layers => [.. LayerTensors(layers)]);

    /// <summary>
    /// A dynamic Boltzmann machine: visible units and the context that its memory makes; see <see cref="SequenceModel"/>.
    /// </summary>
    public static ModelKind Dybm { get; } = OfSequences("dybm", 2);

    /// <summary>A conditional RBM: visible and hidden units, and context.</summary>
    public static ModelKind Crbm { get; } = OfSequences("crbm", 3);

    /// <summary>A recurrent temporal RBM, whose context are the hidden means of the step before.</summary>
    public static ModelKind Rtrbm { get; } = OfSequences("rtrbm", 3);

    /// <summary>An RBM beside a recurrent network, whose state is the context.</summary>
    public static ModelKind RnnRbm { get; } = OfSequences("rnn-rbm", 3);

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [Rbm, Dbn, ClassificationRbm, ClassificationDbn, Network, Dbm, ClassificationDbm,
        Bm, Graph, Dybm, Crbm, Rtrbm, RnnRbm];

    /// <summary>The name in files: "rbm".</summary>
    public string Name { get; }

    /// <summary>Whether the units of the last layer are the classes.</summary>
    internal bool HasClassLayer { get; private init; }

    /// <summary>Whether it has a memory, and learns sequences.</summary>
    internal bool HasMemory { get; private init; }

    internal const string LayerPrefix = "layers.", RecognitionPrefix = "recognition.";

    /// <summary>The name with its article: "an rbm", "a dbn".</summary>
    public override string ToString() => Name[0] is 'r' ? $"an {Name}" : $"a {Name}";

    /// <summary>The kind of that name; null if there is none.</summary>
    internal static ModelKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>What is wrong with a number of layers, in words that follow the file's name; null if nothing is.</summary>
    internal string? Fault(int layers) =>
        layers >= leastLayers && layers <= mostLayers ? null
        : $"has {layers} layers; {this} has "
                + (mostLayers == int.MaxValue ? $"at least {leastLayers}" : leastLayers == mostLayers ? $"{leastLayers}"
                    : $"{leastLayers} or {mostLayers}");

    /// <summary>The tensors that a file must have, but for the weights that a <see cref="ModelDescription.Graph"/> names.</summary>
    internal IEnumerable<TensorShape> Tensors(IReadOnlyList<LayerDescription> layers) => tensors(layers);

    /// <summary>
    /// The weights of a deep belief network's way up, of all layers but the top, once they differ from those of its way down.
    /// </summary>
    internal static IEnumerable<TensorShape> DbnRecognition(IReadOnlyList<LayerDescription> layers) =>
        Chain("recognition", layers).SkipLast(1);

    static ModelKind OfSequences(string name, int layers) => new(name, layers, layers, all => LayerTensors(all)) { HasMemory = true };

    static IEnumerable<TensorShape> LayerTensors(IReadOnlyList<LayerDescription> layers) =>
        Enumerable.Range(0, layers.Count).SelectMany(l => Of(LayerPrefix, layers, l));

    static IEnumerable<TensorShape> Of(string prefix, IReadOnlyList<LayerDescription> layers, int layer) =>
        layers[layer].ParameterNames.Select(name => new TensorShape($"{prefix}{layer}.{name}", [layers[layer].Size]));

    static IEnumerable<TensorShape> NetworkLayer(IReadOnlyList<LayerDescription> layers, int layer) =>
        (layers[layer].Normalized ? (string[])["bias", "norm.scale", "norm.mean",
            "norm.variance"] : ["bias"]).Select(name => new TensorShape($"{LayerPrefix}{layer}.{name}", [layers[layer].Size]));

    static TensorShape Weights(IReadOnlyList<LayerDescription> layers, int lower, int upper) =>
        new(Dense.NameOf(lower, upper), [layers[lower].Size, layers[upper].Size]);

    static IEnumerable<TensorShape> Chain(string name, IReadOnlyList<LayerDescription> layers) =>
        layers.Skip(1).Select((upper, l) => new TensorShape($"{name}.{l}-{l + 1}", [layers[l].Size, upper.Size]));
}
