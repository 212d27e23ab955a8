using System.Text.Json.Nodes;

namespace Boltzmann.Onnx;

/// <summary>
/// A trained model as a file of ONNX, for any runtime that reads it. The rows go in as the data have them, in single precision, under the
/// name "rows"; what training did to its rows is part of the graph. A classifier answers with "probabilities" and "class" (the number of
/// the most probable one), a regressor with "predictions", everything else with "features". The metadata name columns and classes.
/// What the library refuses by a message, a runtime computes: columns are taken in their order, gaps end in NaN, and spins take what
/// comes.
/// </summary>
public sealed class OnnxModel
{
    const string Rows = "rows", Features = "features", Probabilities = "probabilities", Class = "class", Predictions = "predictions";

    // What protocol buffers can hold, less room for names.
    const long MostBytes = int.MaxValue - (1 << 24);

    readonly OnnxGraph graph = new();
    readonly SortedDictionary<string, string> metadata = new(StringComparer.Ordinal);
    readonly string path;

    OnnxModel(string path, OnnxOptions options)
    {
        this.path = path;
        TrainedModel model = TrainedModel.Load(path);
        if (4 * model.Parameters.Sum(parameter => (long)parameter.Value.Rows * parameter.Value.Columns) > MostBytes)
            throw new BadInputException($"{path}: has more than {MostBytes / 4 / 1_000_000} million parameters, which one file of ONNX "
                + "cannot hold");
        Kind = model.Description.Model;
        metadata["model"] = Kind;
        metadata["title"] = model.ToString();
        metadata["columns"] = Json(model.ColumnNames);
        if (model.Classes is { } classes) metadata["classes"] = Json(classes);
        if (model.Preprocessing.Image is ImageShape image) metadata["image"] = $"{image.Width}x{image.Height}";
        RequireLayer(model, options.Layer);
        string rows = OnnxWay.Prepared(graph, model.Preprocessing, graph.AddInput(new(Rows, model.Columns)));
        if (Kind != ModelKind.Dbm.Name && Kind != ModelKind.ClassificationDbm.Name && options.Inference is not null)
            throw new BadInputException($"{path}: --inference is for a dbm, whose layers also have input from above; this is {model}");
        switch (Kind)
        {
            case "network": AddNetwork(rows, options.Layer); break;
            case "rbm": AddStack(new Dbn([ModelFile.LoadRbm(path)]), rows, options.Layer); break;
            case "classification-rbm": AddStack(new Dbn([], ModelFile.LoadClassificationRbm(path)), rows, options.Layer); break;
            case "dbn" or "classification-dbn": AddStack(ModelFile.LoadDbn(path), rows, options.Layer); break;
            case "dbm" or "classification-dbm": AddMachine(ModelFile.LoadDbm(path), rows, options); break;
            default:
                throw new BadInputException($"{path}: holds a {Kind}, whose units find their means together, which operators of ONNX "
                    + "cannot repeat: expected a network, an rbm, a dbn or, with --inference upward, a dbm");
        }
    }

    /// <summary>Kind of the model: "rbm".</summary>
    public string Kind { get; }

    /// <summary>What goes in.</summary>
    public IReadOnlyList<OnnxTensor> Inputs => graph.Inputs;

    /// <summary>What comes out.</summary>
    public IReadOnlyList<OnnxTensor> Outputs => graph.Outputs;

    /// <summary>What the file says of the model, by name: "model", "title", "columns", "classes", "image".</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Makes it of a model file.</summary>
    /// <param name="model">A model file, a checkpoint, or the folder of a run.</param>
    /// <param name="options">What it is to compute; what suits the model when null.</param>
    /// <exception cref="BadInputException">There is none, it cannot be read, or it has no form in ONNX; the message says why.</exception>
    public static OnnxModel From(string model, OnnxOptions? options = null) => new(RunFolder.FindModel(model), options ?? new());

    /// <summary>The bytes of the file.</summary>
    public ReadOnlyMemory<byte> ToBytes() =>
        graph.ToFile(Kind, typeof(OnnxModel).Assembly.GetName().Version?.ToString(3) ?? "", metadata);

    /// <summary>Writes the file.</summary>
    /// <param name="file">Replaced if it is there.</param>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Save(string file) => AtomicFile.WriteBytes(file, ToBytes());

    void AddNetwork(string rows, int? layer)
    {
        Network network = ModelFile.LoadNetwork(path);
        ModelDescription description = ModelFile.Describe(path);
        if (network.InputMachine is not null || description.Training?["mean-field-input"]?.GetValueKind()
            == System.Text.Json.JsonValueKind.True)
            throw new BadInputException($"{path}: takes means of a dbm beside rows, which are found by mean-field inference; operators "
                + "of ONNX cannot repeat that: fine-tune without --mean-field-input");
        // What an auto-encoder is for.
        layer ??= network.CodeLayer;
        int most = layer ?? network.Layers.Count - 1;
        for (int l = 0; l < most; l++) rows = OnnxWay.Activities(graph, $"layers.{l + 1}", network.Layers[l], rows);
        if (layer is not null)
        {
            AddFeatures(rows, most == 0 ? network.Inputs : network.Layers[most - 1].Units);
            return;
        }
        string inputs = OnnxWay.Activities(graph, "head", network.Layers[^1], rows);
        switch (network.Head)
        {
            case SoftmaxHead: AddClasses(network.Outputs, "Softmax", [inputs], ("axis", -1)); break;
            // One output tells two classes apart.
            case LogisticHead when network.Outputs == 1:
                string second = graph.Add("Sigmoid", [inputs]);
                string first = graph.Add("Sub", [graph.Constant("head.one", [1]), second]);
                AddClasses(2, "Concat", [first, second], ("axis", 1));
                break;
            case LogisticHead: AddClasses(network.Outputs, "Sigmoid", [inputs]); break;
            default: AddNumbers(inputs, network.Outputs, DataDescription.Read(description, path).Targets); break;
        }
    }

    void AddStack(Dbn stack, string rows, int? layer)
    {
        ClassificationRbm? top = layer is null ? stack.LabelledTop : null;
        int most = layer ?? (top is null ? stack.Machines.Count : stack.Machines.Count - 1);
        for (int l = 1; l <= most; l++)
            rows = Up(rows, l, stack.RecognitionWeights(l), stack.Machines[l - 1].Hidden);
        if (top is null) AddFeatures(rows, stack.Layers[most].Units);
        else AddLabels(top, rows);
    }

    void AddMachine(Dbm machine, string rows, OnnxOptions options)
    {
        if (options.Inference is not (WayUp.Upward or WayUp.Doubled))
            throw new BadInputException($"{path}: the layers of a dbm find their means together, which operators of ONNX cannot repeat; "
                + "--inference upward or doubled passes rows up once");
        int most = options.Layer ?? machine.Top;
        for (int l = 1; l <= most; l++)
            rows = Up(rows, l, machine.Weights(l - 1), machine.Layers[l],
                options.Inference == WayUp.Doubled && l < machine.Layers.Count - 1 ? 2 : 1);
        AddFeatures(rows, machine.Layers[most].Units);
        metadata["inference"] = options.Inference == WayUp.Doubled ? "doubled" : "upward";
    }

    string Up(string rows, int layer, Matrix weights, Layer units, double factor = 1) =>
        OnnxWay.Means(graph, $"layers.{layer}", units, OnnxWay.Inputs(graph, $"layers.{layer}", rows, weights, factor), path);

    // p(y|x) ∝ exp(d_y + Σ_j log(1 + exp(b_j + (xW)_j + U_jy))) (Larochelle and Bengio 2008).
    void AddLabels(ClassificationRbm top, string rows)
    {
        if (top.Hidden is not BernoulliLayer) throw new BadInputException($"{path}: has {top.Hidden.Kind} units below its labels, whose "
            + $"normaliser cannot be written in operators of ONNX: expected {BernoulliLayer.Name} units; --layer writes features");
        int hidden = top.Hidden.Units, classes = top.Classes;
        double[,] weights = top.LabelWeights.ToArray();
        double[] bias = top.Hidden.Bias.ReadRow(0), perClass = new double[classes * hidden];
        for (int y = 0; y < classes; y++)
            for (int j = 0; j < hidden; j++) perClass[y * hidden + j] = bias[j] + weights[j, y];
        string inputs = OnnxWay.Inputs(graph, "labels", rows, top.Weights);
        string wide = graph.Add("Unsqueeze", [inputs, graph.ConstantWhole("labels.axis", 1)]);
        string each = graph.Add("Softplus", [graph.Add("Add", [wide, graph.Constant("labels.inputs", perClass, classes, hidden)])]);
        string sums = graph.Add("ReduceSum", [each, graph.ConstantWhole("labels.units", -1)], ("keepdims", 0));
        AddClasses(classes, "Softmax", [graph.Add("Add", [sums, OnnxWay.Row(graph, "labels.bias", top.Labels.Bias)])], ("axis", -1));
    }

    void AddClasses(int classes, string operation, IReadOnlyList<string> operands,
        params ReadOnlySpan<(string Name, long Value)> attributes)
    {
        graph.AddOutput(new(Probabilities, classes), operation, operands, attributes);
        graph.AddOutput(new(Class, null, IsWhole: true), "ArgMax", [Probabilities], ("axis", 1), ("keepdims", 0));
    }

    void AddNumbers(string outputs, int columns, Standardizer? targets)
    {
        var tensor = new OnnxTensor(Predictions, columns);
        if (targets is null)
        {
            graph.AddOutput(tensor, "Identity", [outputs]);
            return;
        }
        string scaled = graph.Add("Mul", [outputs, graph.Constant("targets.scale", targets.StandardDeviations, columns)]);
        graph.AddOutput(tensor, "Add", [scaled, graph.Constant("targets.mean", targets.Means, columns)]);
    }

    void AddFeatures(string rows, int columns) => graph.AddOutput(new(Features, columns), "Identity", [rows]);

    void RequireLayer(TrainedModel model, int? layer)
    {
        if (layer is int number && (number < 1 || number > model.HiddenLayers))
            throw new BadInputException($"{path} has {model.HiddenLayers} hidden layer{(model.HiddenLayers == 1 ? "" : "s")}; there is no "
                + $"layer {number}");
    }

    static string Json(IEnumerable<string> names) => new JsonArray([.. names.Select(name => (JsonNode?)name)]).ToJsonString();
}
