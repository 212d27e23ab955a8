namespace Boltzmann.Cli;

/// <summary>A machine or a stack of machines from a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Stack">The machines, a single one for an rbm.</param>
/// <param name="Description">Kind, layers, training.</param>
/// <param name="Data">What rows must go through before the model sees them.</param>
sealed record LoadedModel(string Path, Dbn Stack, ModelDescription Description, DataDescription Data) : LoadedFile(Path, Description, Data)
{
    /// <summary>"rbm, 784 bernoulli × 256 bernoulli".</summary>
    public string Title => $"{Description.Model}, {Stack}";

    /// <summary>Whether it is a stack of machines, and not one by itself.</summary>
    public bool IsDeep => Description.Model == ModelKind.Dbn.Name || Description.Model == ModelKind.ClassificationDbn.Name;

    /// <summary>The model of an rbm's file.</summary>
    public Rbm Rbm => Stack.Top;

    /// <summary>The units that data clamp.</summary>
    public Layer Visible => Stack.Visible;

    /// <summary>Rows as results are given: in the units of the data, by undoing the scaling.</summary>
    public void ToDataUnits(Matrix rows) => Data.Scaling?.Inverse(rows);
}
