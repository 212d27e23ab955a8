using System.Text;

namespace Boltzmann;

/// <summary>A checkpoint, open for reading: a model and what training needs to go on. Written by <see cref="CheckpointWriter"/>.</summary>
public sealed class Checkpoint : IDisposable
{
    const string Prefix = CheckpointWriter.Prefix;

    readonly SafetensorsFile file;

    Checkpoint(SafetensorsFile file, ModelDescription description)
    {
        this.file = file;
        Description = description;
    }

    /// <summary>What the model is.</summary>
    public ModelDescription Description { get; }

    /// <summary>The numbers of rows of the matrices, by name.</summary>
    public IReadOnlyDictionary<string, int> MatrixRows => file.Tensors
        .Where(t => t.Name.StartsWith(Prefix, StringComparison.Ordinal) && t.Shape is [<= int.MaxValue, > 0])
        .ToDictionary(t => t.Name[Prefix.Length..], t => (int)t.Shape[0]);

    /// <summary>Opens a checkpoint.</summary>
    /// <exception cref="BadInputException">The file is missing, malformed, or holds no model.</exception>
    public static Checkpoint Open(string path)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        try
        {
            return new(file, ModelFile.Describe(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether something was saved under that name.</summary>
    public bool Contains(string name) => file.Contains(Prefix + name);

    /// <summary>Makes the model anew.</summary>
    /// <param name="placement">Where to; when null: this machine's cores, in the file's precision.</param>
    /// <exception cref="BadInputException">Its numbers are no model.</exception>
    public Rbm ReadModel(Placement? placement = null) => ModelFile.Load(file, placement);

    /// <summary>Fills the parameters of a model that was made as the saved one was.</summary>
    /// <exception cref="BadInputException">Kinds or sizes differ, or the numbers are no model.</exception>
    public void ReadInto(EnergyModel model)
    {
        for (int layer = 0; layer < Math.Max(model.Layers.Count, Description.Layers.Count); layer++)
        {
            LayerDescription? wanted = layer < model.Layers.Count ? LayerDescription.Of(model.Layers[layer]) : null, saved = Description.Layers.ElementAtOrDefault(layer);
            if (wanted != saved) throw new BadInputException($"{file.Path}: layer {layer} is {Words(saved)}, but the model to continue has {Words(wanted)}");
        }
        ModelFile.ReadInto(file, model);
    }

    /// <summary>Fills a matrix.</summary>
    /// <exception cref="BadInputException">Nothing was saved under that name, or of another shape.</exception>
    public void ReadInto(string name, Matrix destination) => file.ReadInto(Prefix + name, destination);

    /// <summary>Whole numbers.</summary>
    /// <exception cref="BadInputException">Nothing was saved under that name, or something else.</exception>
    public long[] ReadIntegers(string name) => file.ReadInt64s(Prefix + name);

    /// <summary>Numbers.</summary>
    /// <exception cref="BadInputException">Nothing was saved under that name, or something else.</exception>
    public double[] ReadNumbers(string name) => file.ReadDoubles(Prefix + name);

    /// <summary>Text.</summary>
    /// <exception cref="BadInputException">Nothing was saved under that name, or something else.</exception>
    public string ReadText(string name) =>
        file[Prefix + name].Type == TensorType.Byte ? Encoding.UTF8.GetString(file.ReadBytes(Prefix + name)) : throw Bad(name, "should be text");

    /// <summary>A random generator at its place.</summary>
    /// <exception cref="BadInputException">Nothing was saved under that name, or something else.</exception>
    public Rng ReadRng(string name) =>
        ReadIntegers(name) is [long seed, >= 0 and <= uint.MaxValue and long stream, long step]
            ? new(unchecked((ulong)seed), (uint)stream, unchecked((ulong)step)) : throw Bad(name, "should be seed, stream and step of a random generator");

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    BadInputException Bad(string name, string what) => new($"{file.Path}: {file[Prefix + name]} {what}");

    static string Words(LayerDescription? layer) =>
        layer is null ? "missing"
        : $"{layer.Size} {StoredTensor.Quoted(layer.Units).Trim('"')}{(layer.Categories is int k ? $" in blocks of {k}" : "")}{(layer.Draws is int n ? $" with {n} draws" : "")}";
}
