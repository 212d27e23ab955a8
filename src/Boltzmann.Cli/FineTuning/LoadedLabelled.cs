namespace Boltzmann.Cli.FineTuning;

/// <summary>A machine with labels, or a stack under one, as a classifier: probabilities by free energies.</summary>
/// <param name="Path">The file.</param>
/// <param name="Model">The stack, of one machine for a classification-rbm.</param>
/// <param name="Description">Kind, layers, classes, training.</param>
/// <param name="Data">What rows must go through.</param>
sealed record LoadedLabelled(string Path, Dbn Model, ModelDescription Description, DataDescription Data) : LoadedPredictor(Path, Description, Data)
{
    const int RowsAtOnce = 4096;

    /// <inheritdoc/>
    public override string Title => $"{Description.Model}, {Model}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => Description.Classes ?? [.. Enumerable.Range(0, Model.LabelledTop!.Classes).Select(c => $"{c}")];

    /// <summary>Whether a file holds such a model.</summary>
    public static bool Holds(string path) => ModelFile.Describe(path).Model is "classification-rbm" or "classification-dbn";

    /// <summary>Reads one.</summary>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    public static new LoadedLabelled Read(string path, Placement placement)
    {
        ModelDescription description = ModelFile.Describe(path);
        Dbn model = description.Model == ModelKind.ClassificationRbm.Name ? new([], ModelFile.LoadClassificationRbm(path, placement)) : ModelFile.LoadDbn(path, placement);
        return new(path, model, description, DataDescription.Read(description, path));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Predict(Dataset rows) =>
        [.. LogProbabilities(rows).SelectMany(part => Enumerable.Range(0, part.Rows).Select(r => Array.ConvertAll(part.ReadRow(r), Math.Exp)))];

    /// <inheritdoc/>
    public override NetworkScore Score(Dataset rows)
    {
        int[] labels = LabelsOf(rows);
        double loss = 0, hits = 0;
        int first = 0;
        foreach (Matrix part in LogProbabilities(rows))
        {
            ReadOnlySpan<int> own = labels.AsSpan(first, part.Rows);
            loss += Classification.CrossEntropy(part, own).PerRow.Sum();
            hits += Classification.Accuracy(part, own).PerRow.Sum();
            first += part.Rows;
        }
        return new(loss / labels.Length, hits / labels.Length, double.NaN);
    }

    IEnumerable<Matrix> LogProbabilities(Dataset rows)
    {
        for (int first = 0; first < rows.Count; first += RowsAtOnce)
            yield return Model.PredictLogProbabilities(rows.ToMatrix(first, Math.Min(RowsAtOnce, rows.Count - first), Model.Placement));
    }
}
