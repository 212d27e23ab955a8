namespace Boltzmann.Inference;

/// <summary>One row of every class on its way through a model, as a picture each.</summary>
static class Passages
{
    /// <summary>Throws unless there are classes, and a folder that files can be written to.</summary>
    /// <exception cref="BadInputException">No labels, a file of that name, or a class whose name is no name of a file.</exception>
    public static void Check(Dataset data, string folder)
    {
        if (data.Labels is null) throw new BadInputException($"--passages needs labels, a picture per class: {data.Name} has none");
        if (File.Exists(folder)) throw new BadInputException($"--passages {folder}: is a file; expected a folder");
        foreach (int label in data.Labels.Distinct())
            if (NameOf(data, label).AsSpan().ContainsAny(Path.GetInvalidFileNameChars()) || NameOf(data, label) is "" or "." or "..")
                throw new BadInputException($"--passages: the class '{NameOf(data, label)}' of {data.Name} cannot name a file");
    }

    /// <summary>Writes LABEL.png for the first row of every class.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="loaded">The model.</param>
    /// <param name="layer">How far up.</param>
    /// <param name="own">Rows in their own units, as they are shown.</param>
    /// <param name="scaled">The same rows as the model takes them.</param>
    /// <param name="shape">Of a row.</param>
    public static void Write(string folder, LoadedModel loaded, int layer, Dataset own, Dataset scaled, ImageShape shape)
    {
        int[] labels = own.Labels!;
        int[] classes = [.. labels.Distinct().Order()];
        Directory.CreateDirectory(folder);
        foreach (int label in classes)
        {
            int row = Array.IndexOf(labels, label);
            Matrix hidden = loaded.Model.Transform(scaled.ToMatrix(row, 1, loaded.Placement), layer),
                visible = loaded.Model.Generate(hidden, layer);
            loaded.ToDataUnits(visible);
            double[] data = loaded.Pictured(own, scaled, row, 1).ReadRow(0);
            AtomicFile.WriteBytes(Path.Combine(folder, $"{NameOf(own, label)}.png"),
                Png.Encode(ImageSheet.Passage(data, hidden.ReadRow(0), visible.ReadRow(0), shape, range: loaded.SpinColumns.Contains(true)
                    ? loaded.Greys : null, hiddenRange: TileRange.Of([loaded.Model.Layers[layer]]))));
        }
    }

    static string NameOf(Dataset data, int label) => data.LabelNames?[label] ?? $"{label}";
}
