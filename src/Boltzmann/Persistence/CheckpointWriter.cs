using System.Text;

namespace Boltzmann;

/// <summary>
/// Collects what training needs to go on as if it had not stopped, and writes it with the model in one file: the model's parameters under
/// their own names, so that the file also loads as a model, and everything else as training.NAME. Read back by <see cref="Checkpoint"/>.
/// </summary>
/// <param name="model">The model as it is when the file is written.</param>
public sealed class CheckpointWriter(Rbm model)
{
    internal const string Prefix = "training.";

    readonly SafetensorsWriter writer = new();

    /// <summary>A matrix: an optimiser's state, chains. Read when written, not copied now.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Matrix value) => writer.Add(Prefix + name, value);

    /// <summary>Whole numbers: epochs, the order of rows.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, params long[] values) => writer.Add(Prefix + name, values);

    /// <summary>Numbers, kept to the bit.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, params double[] values) => writer.Add(Prefix + name, values);

    /// <summary>Text.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, string text) => writer.Add(Prefix + name, Encoding.UTF8.GetBytes(text));

    /// <summary>The place of a random generator in its stream.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Rng rng) => Add(name, unchecked((long)rng.Seed), rng.Stream, unchecked((long)rng.Step));

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">How the model is trained, kept with it; null to leave it out.</param>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Write(string path, RunSettings? settings = null)
    {
        var whole = new SafetensorsWriter();
        ModelFile.Add(whole, model, settings?.ToJson());
        whole.AddAll(writer);
        whole.Write(path);
    }
}
