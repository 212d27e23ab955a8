using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// Models as safetensors files: parameters under their names (layers.0.bias, weights.0-1), and in the metadata what they are parameters of.
/// </summary>
public static class ModelFile
{
    const string WeightsPrefix = "weights.";

    /// <summary>Writes a model, whole or not at all, in its own precision.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="training">How it was trained, free in form, e.g. <see cref="RunSettings.ToJson"/>; null to leave it out.</param>
    /// <param name="classes">Names of the classes that it tells apart; null to leave them out.</param>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public static void Save(string path, IModel model, JsonObject? training = null, IReadOnlyList<string>? classes = null)
    {
        var writer = new SafetensorsWriter();
        Add(writer, model, training, classes);
        writer.Write(path);
    }

    /// <summary>Reads a restricted Boltzmann machine; also from a checkpoint, which holds one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="placement">Where to, rounding to its precision. When null: this machine's cores, in the precision of the file's
    /// weights.</param>
    /// <exception cref="BadInputException">The file is missing, malformed, of an unknown format, holds another kind of model, or its
    /// numbers are no model; the message says why.</exception>
    public static Rbm LoadRbm(string path, Placement? placement = null) =>
        Load(path, placement, ModelKind.Rbm, source => new Rbm(source.Layer(0), source.Layer(1)));

    /// <summary>Reads a restricted Boltzmann machine with labels; also from a checkpoint, which holds one.</summary>
    /// <inheritdoc cref="LoadRbm(string, Placement?)"/>
    public static ClassificationRbm LoadClassificationRbm(string path, Placement? placement = null) =>
        Load(path, placement, ModelKind.ClassificationRbm, source => Labelled(source, 0));

    /// <summary>Reads a deep belief network, with or without labels; also from a checkpoint, which holds one.</summary>
    /// <inheritdoc cref="LoadRbm(string, Placement?)"/>
    public static Dbn LoadDbn(string path, Placement? placement = null) =>
        Describe(path).Kind == ModelKind.ClassificationDbn ? Load(path, placement, ModelKind.ClassificationDbn, source =>
        {
            LayerDescription[] layers = [.. source.Description.Layers.SkipLast(1)];
            return Untied(source, layers, new Dbn([.. Machines(source, layers.Length - 2)], Labelled(source, layers.Length - 2)));
        })
        : Load(path, placement, ModelKind.Dbn,
            source => Untied(source, source.Description.Layers, new Dbn([.. Machines(source, source.Description.Layers.Count - 1)])));

    /// <summary>Reads a deep Boltzmann machine, with or without labels; also from a checkpoint, which holds one.</summary>
    /// <inheritdoc cref="LoadRbm(string, Placement?)"/>
    public static Dbm LoadDbm(string path, Placement? placement = null) =>
        Load(path, placement, Describe(path).Kind == ModelKind.ClassificationDbm ? ModelKind.ClassificationDbm : ModelKind.Dbm, DbmOf);

    /// <summary>Reads a Boltzmann machine, fully connected or sparse; also from a checkpoint, which holds one.</summary>
    /// <inheritdoc cref="LoadRbm(string, Placement?)"/>
    public static BoltzmannMachine LoadBoltzmannMachine(string path, Placement? placement = null) =>
        Load(path, placement, ModelKind.Bm, Machine);

    /// <summary>Reads a model of any graph of layers; also from a checkpoint, which holds one.</summary>
    /// <inheritdoc cref="LoadRbm(string, Placement?)"/>
    public static LayeredModel LoadLayered(string path, Placement? placement = null) =>
        Load(path, placement, ModelKind.Graph, source => new LayeredModel([.. Enumerable.Range(0, source.Description.Layers.Count)
            .Select(source.Layer)], source.Description.Graph!));

    /// <summary>Reads a machine of sequences: a dybm, crbm, rtrbm or rnn-rbm; also from a checkpoint, which holds one.</summary>
    /// <inheritdoc cref="LoadRbm(string, Placement?)"/>
    public static SequenceModel LoadSequence(string path, Placement? placement = null)
    {
        ModelKind kind = Describe(path).Kind;
        return kind.HasMemory ? Load(path, placement, kind, SequenceFile.Create)
            : throw new BadInputException($"{path}: holds {kind}, which has no memory; expected a dybm, a crbm, an rtrbm or an rnn-rbm");
    }

    /// <summary>What a file says of its model, and how it was trained, without reading the numbers.</summary>
    /// <exception cref="BadInputException">The file is missing, malformed, of an unknown format, or its tensors do not fit what it
    /// says.</exception>
    public static ModelDescription Describe(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Describe(file);
    }

    /// <summary>A deep Boltzmann machine of a file's layers, its parameters not yet read.</summary>
    internal static Dbm DbmOf(ModelSource source)
    {
        int last = source.Description.Layers.Count - 1;
        return source.Description.Kind == ModelKind.ClassificationDbm ? Dbm.OfLabelled(Classes(source, last).Units,
            [.. Enumerable.Range(0, last).Select(source.Layer)])
            : new Dbm([.. Enumerable.Range(0, last + 1).Select(source.Layer)]);
    }

    internal static void Add(SafetensorsWriter writer, IModel model, JsonObject? training, IReadOnlyList<string>? classes = null)
    {
        ModelDescription description = model.Description;
        writer.Metadata[ModelDescription.Key] = (description with
        {
            Training = training,
            Classes = classes
            ?? description.Classes
        }).ToJson();
        foreach (Parameter parameter in model.Parameters)
            if ((parameter.IsWeight && !parameter.IsDense) || parameter.Value.Rows > 1) writer.Add(parameter.Name, parameter.Value);
            else writer.AddRow(parameter.Name, parameter.Value);
        if (model is SequenceModel { Memory: DelayMemory memory }) writer.Add(MemoryDescription.DelaysName,
            [.. memory.Delays.Select(d => (long)d)], [memory.Visible, memory.Visible]);
        foreach (Parameter parameter in model.Input?.Parameters ?? [])
            if (parameter.IsWeight) writer.Add(ModelDescription.InputPrefix + parameter.Name, parameter.Value);
            else writer.AddRow(ModelDescription.InputPrefix + parameter.Name, parameter.Value);
        if (model is BoltzmannMachine { Edges: EdgeList edges })
            writer.Add(ModelDescription.EdgesName, [.. edges.Pairs.SelectMany(p => (long[])[p.Unit, p.Other])], [edges.Count, 2]);
    }

    // The first weights tell the precision; a memory of delays has its own alone.
    static bool AreWeights(TensorShape tensor) => tensor.Name.StartsWith(WeightsPrefix, StringComparison.Ordinal)
        || tensor.Name == MemoryDescription.ArrivedName;

    /// <summary>Reads a model of a kind, once everything that can be known without its numbers has been checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="placement">Where to; null for this machine's cores, in the precision of the file's weights.</param>
    /// <param name="kind">What it must hold.</param>
    /// <param name="create">Makes a model of the file's layers, whose parameters are then read.</param>
    internal static T Load<T>(string path, Placement? placement, ModelKind kind, Func<ModelSource, T> create) where T : IModel
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        ModelDescription description = Describe(file);
        if (description.Kind != kind) throw new BadInputException($"{path}: holds {description.Kind}; expected {kind}");
        TensorShape[] tensors = [.. description.Tensors];
        placement ??= Placement.Default with
        {
            Precision = TensorType.Bits(file[tensors.First(AreWeights).Name].Type) == 64 ? Precision.Float64 : Precision.Float32
        };
        // The shapes are known to agree with what is described, so the file holds bytes for whatever is allocated here.
        foreach (TensorShape tensor in tensors) file.RequireFits(tensor.Name, tensor.Rows, tensor.Columns, placement);
        T model = create(new(file, description, placement));
        ReadInto(file, model);
        return model;
    }

    /// <summary>Fills the parameters of a model whose layers are those of the file.</summary>
    internal static void ReadInto(SafetensorsFile file, IModel model)
    {
        HashSet<string> names = [.. model.Parameters.Select(p => p.Name)];
        foreach (StoredTensor tensor in file.Tensors)
            if (IsParameter(tensor.Name) && tensor.Name != ModelDescription.EdgesName && tensor.Name != MemoryDescription.DelaysName
                && !names.Contains(tensor.Name))
                throw new BadInputException($"{file.Path}: {tensor} belongs to no parameter of this model ({string.Join(", ", names)})");
        if (model is BoltzmannMachine { Edges: EdgeList edges }
            && !file.ReadInt64s(ModelDescription.EdgesName).SequenceEqual(edges.Pairs.SelectMany(p => (long[])[p.Unit, p.Other])))
            throw new BadInputException($"{file.Path}: {file[ModelDescription.EdgesName]} joins other units than this model's edges");
        foreach (Parameter parameter in model.Parameters)
        {
            file.ReadInto(parameter.Name, parameter.Value);
            Check(parameter, file.Path);
        }
        if (model is EnergyModel machine
            && machine.Interactions.Select(i => i.Fault()).FirstOrDefault(fault => fault is not null) is string fault)
            throw new BadInputException($"{file.Path}: {fault}");
        // Checkpoints of older versions have this machine in a file of its own.
        if (model.Input is not IModel input || !file.Contains(ModelDescription.InputPrefix + input.Parameters[0].Name))
            return;
        foreach (Parameter parameter in input.Parameters)
        {
            file.ReadInto(ModelDescription.InputPrefix + parameter.Name, parameter.Value);
            Check(parameter, file.Path);
        }
    }

    /// <summary>Reads the description and holds it against the shapes of the tensors.</summary>
    internal static ModelDescription Describe(SafetensorsFile file)
    {
        ModelDescription description = file.Metadata.TryGetValue(ModelDescription.Key, out string? json)
            ? ModelDescription.Parse(json, file.Path) : Infer(file);
        foreach (TensorShape tensor in description.Tensors) RequireShape(file, tensor);
        return description;
    }

    /// <summary>The description of a file without the metadata key: a Bernoulli machine of the sizes its biases have.</summary>
    /// <exception cref="BadInputException">The file has no tensors of a model.</exception>
    static ModelDescription Infer(SafetensorsFile file)
    {
        if (!file.Contains("layers.0.bias") || !file.Contains("layers.1.bias") || file.Contains("layers.2.bias"))
            throw new BadInputException($"{file.Path}: has no metadata '{ModelDescription.Key}', and not the tensors layers.0.bias, "
                + "layers.1.bias and weights.0-1 of an RBM alone");
        return new(ModelKind.Rbm.Name, [Bernoulli(file, 0), Bernoulli(file, 1)]);
    }

    static LayerDescription Bernoulli(SafetensorsFile file, int layer)
    {
        StoredTensor bias = file[$"layers.{layer}.bias"];
        return bias.Shape is [>= 1 and <= int.MaxValue]
            ? new(BernoulliLayer.Name, (int)bias.Shape[0])
            : throw new BadInputException($"{file.Path}: {bias} should be one bias per unit");
    }

    /// <summary>Refuses numbers that are no parameter.</summary>
    /// <exception cref="BadInputException">Not finite, or a precision that is not positive.</exception>
    internal static void Check(Parameter parameter, string file)
    {
        Matrix value = parameter.Value;
        Summary summary = value.Summarize();
        if (summary.NonFinite > 0) throw Bad(x => !double.IsFinite(x), $"which is not a finite number in {value.Precision}");
        if (parameter.IsPositive && !(summary.Minimum > 0)) throw Bad(x => !(x > 0), "but must be positive");

        BadInputException Bad(Predicate<double> isBad, string why)
        {
            for (int row = 0; ; row++)
            {
                double[] values = value.ReadRow(row);
                int column = Array.FindIndex(values, isBad);
                if (column >= 0) return new($"{file}: {parameter.Name} has {values[column]} at row {row + 1}, column {column + 1}, {why}");
            }
        }
    }

    static BoltzmannMachine Machine(ModelSource source)
    {
        bool hasEdges = source.Description.Edges is not null;
        Layer Layer(int layer) => source.Layer(layer) is Layer units && (hasEdges ? units.Pair is not null : units.CanBeJoined) ? units
            : throw new BadInputException($"{source.File.Path}: layer {layer} has {source.Description.Layers[layer].ToWords()}; only "
            + (hasEdges ? "bernoulli and spin units can be joined along edges"
                : "bernoulli, spin and one-hot multinomial units can be joined within their layer"));
        Layer visible = Layer(0);
        if (!hasEdges) return new(visible, source.Description.Layers.Count == 1 ? null : Layer(1));
        long[] numbers = source.File.ReadInt64s(ModelDescription.EdgesName);
        var pairs = new (int, int)[numbers.Length / 2];
        // Numbers beyond those of units stay beyond them when they are cut to 32 bits.
        for (int e = 0; e < pairs.Length; e++) pairs[e] = (Cut(numbers[2 * e]), Cut(numbers[2 * e + 1]));
        return EdgeList.Fault(visible.Units, pairs) is string fault
            ? throw new BadInputException($"{source.File.Path}: {ModelDescription.EdgesName}: {fault}")
            : new(visible, new EdgeList(visible.Units, pairs));

        static int Cut(long number) => (int)Math.Clamp(number, -1, int.MaxValue);
    }

    static IEnumerable<Rbm> Machines(ModelSource source, int count) =>
        Enumerable.Range(0, count).Select(m => new Rbm(source.Layer(m), source.Layer(m + 1)));

    static ClassificationRbm Labelled(ModelSource source, int visible) =>
        new(source.Layer(visible), source.Layer(visible + 1), Classes(source, visible + 2).Units);

    // A label layer of several blocks or draws is one that this library does not make.
    static MultinomialLayer Classes(ModelSource source, int layer) => MultinomialLayer.AsClasses(source.Layer(layer))
        ?? throw new BadInputException($"{source.File.Path}: layer {layer} has {source.Description.Layers[layer].ToWords()}; expected one "
        + "block of at least 2 classes, of which one is drawn");

    static Dbn Untied(ModelSource source, IReadOnlyList<LayerDescription> layers, Dbn model)
    {
        if (source.Has(ModelKind.DbnRecognition(layers))) model.Untie();
        return model;
    }

    static bool IsParameter(string name) =>
        name.StartsWith("layers.", StringComparison.Ordinal) || name.StartsWith(WeightsPrefix, StringComparison.Ordinal)
        || name.StartsWith("recognition.", StringComparison.Ordinal) || name.StartsWith("memory.", StringComparison.Ordinal);

    internal static void RequireShape(SafetensorsFile file, TensorShape needed)
    {
        StoredTensor tensor = file[needed.Name];
        if (!tensor.Shape.SequenceEqual(needed.Sizes))
            throw new BadInputException($"{file.Path}: {tensor} should be {StoredTensor.Text(needed.Sizes)}, as the layers' sizes say");
    }
}
