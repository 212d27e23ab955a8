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

    /// <summary>The number of a class.</summary>
    /// <exception cref="BadInputException">The model has no labels, or no class of that name.</exception>
    public int ClassOf(string name)
    {
        if (Stack.LabelledTop is not ClassificationRbm top) throw new BadInputException($"{Path}: holds {(IsDeep ? "a dbn" : "an rbm")} without labels; --class needs a classification-rbm or a dbn trained with --labels");
        string[] names = [.. Description.Classes ?? Enumerable.Range(0, top.Classes).Select(c => $"{c}")];
        int index = Array.IndexOf(names, name);
        return index >= 0 ? index : throw new BadInputException($"{Path}: knows no class '{name}'; it knows {string.Join(", ", names.Take(20))}");
    }

    /// <summary>Rows as results are given: in the units of the data, by undoing the scaling.</summary>
    public void ToDataUnits(Matrix rows) => Data.Scaling?.Inverse(rows);
}
