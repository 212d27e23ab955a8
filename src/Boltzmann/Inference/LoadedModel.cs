namespace Boltzmann.Inference;

/// <summary>A generative model from a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Model">The machines, a single one for an rbm.</param>
/// <param name="Description">Kind, layers, training.</param>
/// <param name="Data">What rows must go through before the model sees them.</param>
sealed record LoadedModel(string Path, GenerativeModel Model, ModelDescription Description, DataDescription Data) : LoadedFile(Path,
    Description, Data)
{
    /// <inheritdoc/>
    public override Placement Placement => Model.Placement;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> RowLayers => Model.RowLayers;

    /// <summary>"rbm, 784 bernoulli × 256 bernoulli".</summary>
    public string Title => $"{Description.Model}, {Model}";

    /// <summary>The first units that data clamp, and mostly all of them.</summary>
    public Layer Visible => Model.Visible;

    /// <summary>Reads any model that generates rows, with or without labels.</summary>
    /// <exception cref="BadInputException">The file holds none, or cannot be read.</exception>
    public static LoadedModel Read(string path, Placement placement)
    {
        ModelDescription description = ModelFile.Describe(path);
        if (description.Training?[DataDescription.DetectorKey] is not null)
            throw new BadInputException($"{path}: holds an anomaly detector, whose scales are its own; AnomalyDetector.Load reads it");
        GenerativeModel model = description.Model switch
        {
            "rbm" => new StackModel(new([ModelFile.LoadRbm(path, placement)])),
            "classification-rbm" => new StackModel(new([], ModelFile.LoadClassificationRbm(path, placement))),
            "dbn" or "classification-dbn" => new StackModel(ModelFile.LoadDbn(path, placement)),
            "dbm" or "classification-dbm" => new MachineModel(ModelFile.LoadDbm(path, placement)),
            "bm" => new MachineModel(ModelFile.LoadBoltzmannMachine(path, placement)),
            "graph" => new MachineModel(ModelFile.LoadLayered(path, placement)),
            string kind => throw new BadInputException(description.Kind.HasMemory
                ? $"{path}: holds {(kind[0] == 'r' ? "an" : "a")} {kind}, which has a memory and takes sequences; "
                    + "TrainedSequences.Load reads it"
                : $"{path}: holds a {kind}, which generates no rows"),
        };
        return new(path, model, description, DataDescription.Read(description, path));
    }

    /// <summary>The number of a class.</summary>
    /// <exception cref="BadInputException">The model has no labels, or no class of that name.</exception>
    public int ClassOf(string name)
    {
        if (Model.Labels is not { } labels)
            throw new BadInputException($"{Path}: holds {(Description.Model[0] is 'r' ? "an" : "a")} {Description.Model} without labels; "
                + "--class needs a classification-rbm, or a dbn or dbm trained with --labels");
        string[] names = [.. Description.Classes ?? Enumerable.Range(0, labels.Units).Select(c => $"{c}")];
        int index = Array.IndexOf(names, name);
        return index >= 0 ? index
            : throw new BadInputException($"{Path}: has no class '{name}'; its classes are {string.Join(", ", names.Take(20))}");
    }
}
