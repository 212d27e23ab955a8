namespace Boltzmann.Inference;

/// <summary>A network from a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Network">The network.</param>
/// <param name="Description">Kind, layers, classes, training.</param>
/// <param name="Data">What rows must go through, and what outputs are taken back by.</param>
/// <param name="Input">What puts means of a dbm beside rows; null where it takes rows as they are.</param>
sealed record LoadedNetwork(string Path, Network Network, ModelDescription Description, DataDescription Data,
    MeanFieldInput? Input) : LoadedPredictor(Path, Description, Data)
{
    /// <inheritdoc/>
    public override int Columns => Input?.Columns ?? base.Columns;

    /// <inheritdoc/>
    public override Placement Placement => Network.Placement;

    /// <summary>"network, 784-1024-10, softmax"; "auto-encoder, 784-30-784, bernoulli, code of 30".</summary>
    public override string Title => $"{(Network.CodeLayer is null ? "network" : "auto-encoder")}, "
        + $"{string.Join("-", Description.Layers.Select(layer => layer.Size))}, {Network.Head.Kind}"
        + (Network.CodeLayer is null ? "" : $", code of {Network.CodeUnits}");

    /// <inheritdoc/>
    public override TileRange Greys => Network.Head == ReconstructionHead.Bernoulli && Data.Scaling is null ? TileRange.Unit : base.Greys;

    /// <summary>Names of the classes; null for numbers.</summary>
    public override IReadOnlyList<string>? Classes => Network.Head.IsClassifier
        ? Description.Classes ?? [.. Enumerable.Range(0, Math.Max(2, Network.Outputs)).Select(c => $"{c}")]
        : null;

    /// <summary>Reads a network.</summary>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public static LoadedNetwork Read(string path, Placement placement)
    {
        path = RunFolder.FindModel(path);
        Network network = ModelFile.LoadNetwork(path, placement);
        ModelDescription description = ModelFile.Describe(path);
        bool hasInput = network.InputMachine is not null
            || TrainingFacts.Of(description).MeanFieldInput;
        MeanFieldInput? input = hasInput ? MeanFieldInput.Of(network, path) : null;
        return new(path, network, description, DataOf(description, path, input), input);
    }

    /// <summary>What the file of a network, or of the model it starts from, says of rows.</summary>
    public static DataDescription DataOf(ModelDescription description, string path, MeanFieldInput? input) =>
        DataDescription.Read(input is null ? description : description with
        {
            Layers = [description.Layers[0] with { Size = input.Columns },
            .. description.Layers.Skip(1)]
        }, path);

    /// <summary>A copy elsewhere.</summary>
    public LoadedNetwork At(Placement placement) => this with { Network = Network.Clone(placement), Input = Input?.Clone(placement) };

    /// <summary>Activities of a hidden layer.</summary>
    public Matrix Transform(Matrix rows, int layer) => Network.Transform(Input?.Extend(rows) ?? rows, layer);

    /// <summary>What it says of rows: probabilities of classes, or a number in the units of the targets.</summary>
    public override IReadOnlyList<double[]> Predict(Dataset rows)
    {
        IReadOnlyList<double[]> outputs = Predictor.Probabilities(Network, Input?.Extend(rows) ?? rows);
        if (Data.Targets is Standardizer targets)
            foreach (double[] row in outputs)
                for (int c = 0; c < row.Length; c++) row[c] = row[c] * targets.StandardDeviations[c] + targets.Means[c];
        return outputs;
    }

    /// <inheritdoc/>
    public override NetworkScore Score(Dataset rows) => NetworkScore.Of(Network, Network.CodeLayer is not null ? new(rows, rows.Rows)
        : Classes is null ? LabelledRows.OfValues(rows, Data.Targets).With(Input).Examples
        : new(Input?.Extend(rows) ?? rows, new OneHotRows(LabelsOf(rows), Network.Outputs)));
}
