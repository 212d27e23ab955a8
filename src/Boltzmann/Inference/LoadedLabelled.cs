namespace Boltzmann.Inference;

/// <summary>
/// A generative model with labels as a classifier: probabilities by free energies, or in a deep Boltzmann machine by mean-field inference.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Model">The model.</param>
/// <param name="Description">Kind, layers, classes, training.</param>
/// <param name="Data">What rows must go through.</param>
sealed record LoadedLabelled(string Path, GenerativeModel Model, ModelDescription Description, DataDescription Data) : LoadedPredictor(Path,
    Description, Data)
{
    const int RowsAtOnce = 4096;

    /// <inheritdoc/>
    public override Placement Placement => Model.Placement;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> RowLayers => Model.RowLayers;

    /// <inheritdoc/>
    public override string Title => $"{Description.Model}, {Model}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes =>
        Description.Classes ?? [.. Enumerable.Range(0, Model.Labels!.Units).Select(c => $"{c}")];

    /// <summary>Whether a model is of that kind.</summary>
    public static bool IsOf(ModelDescription description) =>
        description.Graph?.Labels is not null || description.Model is "classification-rbm" or "classification-dbn" or "classification-dbm";

    /// <inheritdoc/>
    public override IReadOnlyList<double[]> Predict(Dataset rows) =>
        [.. LogProbabilities(rows).SelectMany(part => Enumerable.Range(0,
            part.Rows).Select(r => Array.ConvertAll(part.ReadRow(r), Math.Exp)))];

    /// <inheritdoc/>
    public override NetworkScore Score(Dataset rows)
    {
        int[] labels = LabelsOf(rows);
        double loss = 0, hits = 0;
        var probabilities = new List<double[]>();
        int first = 0;
        foreach (Matrix part in LogProbabilities(rows))
        {
            ReadOnlySpan<int> own = labels.AsSpan(first, part.Rows);
            loss += Classification.CrossEntropy(part, own).PerRow.Sum();
            hits += Classification.Accuracy(part, own).PerRow.Sum();
            for (int r = 0; r < part.Rows; r++) probabilities.Add(Array.ConvertAll(part.ReadRow(r), Math.Exp));
            first += part.Rows;
        }
        return new NetworkScore(loss / labels.Length, hits / labels.Length, double.NaN).WithClasses(probabilities, labels);
    }

    IEnumerable<Matrix> LogProbabilities(Dataset rows)
    {
        for (int first = 0; first < rows.Count; first += RowsAtOnce)
            yield return Model.PredictLogProbabilities(rows.ToMatrix(first, Math.Min(RowsAtOnce, rows.Count - first), Model.Placement));
    }
}
