namespace Boltzmann.Inference;

/// <summary>A model from a file that says something of rows: a network, or a machine with labels.</summary>
/// <param name="Path">The file.</param>
/// <param name="Description">Kind, layers, classes, training.</param>
/// <param name="Data">What rows must go through, and what outputs are taken back by.</param>
abstract record LoadedPredictor(string Path, ModelDescription Description, DataDescription Data) : LoadedFile(Path, Description, Data)
{
    /// <summary>Kind and sizes, for people.</summary>
    public abstract string Title { get; }

    /// <summary>Names of the classes; null for numbers.</summary>
    public abstract IReadOnlyList<string>? Classes { get; }

    /// <summary>What it says of rows: probabilities of classes, or a number in the units of the targets.</summary>
    public abstract IReadOnlyList<double[]> Predict(Dataset rows);

    /// <summary>How well it meets the labels or numbers that rows have.</summary>
    public abstract NetworkScore Score(Dataset rows);

    /// <summary>Labels as the model numbers its classes.</summary>
    /// <exception cref="BadInputException">There are no labels, or one is of a class that was not learned.</exception>
    public int[] LabelsOf(Dataset data)
    {
        int[] labels = data.Labels ?? throw new BadInputException($"{data.Name} has no labels to compare "
            + $"with{(data.ColumnNames is null ? "" : ": --label-column says which column holds them")}");
        List<string> classes = [.. Classes!];
        IReadOnlyList<string> names = data.LabelNames ?? [.. Enumerable.Range(0, data.Classes).Select(c => $"{c}")];
        int[] map = [.. names.Select(name => classes.IndexOf(name))];
        var mapped = new int[labels.Length];
        for (int r = 0; r < labels.Length; r++)
            if ((mapped[r] = map[labels[r]]) < 0)
                throw new BadInputException($"{data.Name}: row {r + 1} is of class '{names[labels[r]]}', which the "
                    + $"{(Description.Model == "network" ? "network" : "model")} has not learned; it has learned "
                    + $"{string.Join(", ", classes.Take(20))}");
        return mapped;
    }
}
