using System.Text.Json.Nodes;

namespace Boltzmann.Persistence;

/// <summary>
/// What a run needs to go on to the same result as if it had not stopped, in one safetensors file: the model's parameters under their own
/// names, so that the file also loads as a model, and the trainer's matrices and numbers as training.NAME.
/// </summary>
public static class Checkpoint
{
    const string Prefix = "training.";

    /// <summary>Writes a checkpoint, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model being trained.</param>
    /// <param name="snapshot">The trainer's state at the same moment.</param>
    /// <param name="training">How the model is trained, kept with it as by <see cref="ModelFile.Save"/>; null to leave it out.</param>
    /// <param name="classes">Names of the classes that it tells apart; null to leave them out.</param>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public static void Save(string path, IModel model, TrainerSnapshot snapshot, JsonObject? training = null,
        IReadOnlyList<string>? classes = null)
    {
        var writer = new SafetensorsWriter();
        ModelFile.Add(writer, model, training, classes);
        foreach (var (name, value) in snapshot.Matrices) writer.Add(Prefix + name, value);
        foreach (var (name, value) in snapshot.Numbers) writer.Add(Prefix + name, [value]);
        writer.Write(path);
    }

    /// <summary>Fills the parameters of a model that was made as the saved one was, and returns the trainer's state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">Its layers are of the kinds and sizes in the file; another precision rounds.</param>
    /// <exception cref="BadInputException">The file is missing, malformed, or holds another model.</exception>
    public static TrainerSnapshot Load(string path, IModel model)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        CheckLayers(ModelFile.Describe(file), model.Description, path);
        ModelFile.ReadInto(file, model);
        var matrices = new List<(string, Matrix)>();
        var numbers = new Dictionary<string, double>();
        foreach (StoredTensor tensor in file.Tensors)
        {
            if (!tensor.Name.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            string name = tensor.Name[Prefix.Length..];
            // Some of a float32 run is counted in float64; whoever takes a matrix rounds it to its own precision.
            if (tensor.Shape.Count == 2) matrices.Add((name,
                file.ReadMatrix(tensor.Name, TensorType.Bits(tensor.Type) == 64 ? model.Placement.Double : model.Placement)));
            else if (tensor.Shape is [1]) numbers.Add(name, file.ReadDoubles(tensor.Name)[0]);
            else throw new BadInputException($"{path}: {tensor} is neither a matrix nor a number");
        }
        return new(matrices, numbers);
    }

    static void CheckLayers(ModelDescription saved, ModelDescription model, string path)
    {
        if (saved.Kind != model.Kind) throw new BadInputException($"{path}: holds {saved.Kind}, but the model to continue is {model.Kind}");
        if (!Equals(saved.Graph, model.Graph))
            throw new BadInputException($"{path}: its layers are not joined as the layers of the model to continue are");
        if (saved.Layers.Count != model.Layers.Count)
            throw new BadInputException($"{path}: has {saved.Layers.Count} layers, but the model to continue has {model.Layers.Count}");
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            LayerDescription here = model.Layers[layer], there = saved.Layers[layer];
            if (!here.IsLike(there))
                throw new BadInputException($"{path}: layer {layer} has {there.ToWords()}, but the model to continue has {here.ToWords()}");
        }
    }
}
