namespace Boltzmann.Inference;

/// <summary>A row of each class on its way through a model: data, hidden units, reconstruction.</summary>
static class ClassPassages
{
    const int Height = 112, PerLine = 2, MostClasses = 20;

    /// <summary>One picture for all classes.</summary>
    /// <param name="data">Labelled pictures.</param>
    /// <param name="model">The model.</param>
    /// <param name="layer">How far up.</param>
    public static byte[] Draw(Dataset data, GenerativeModel model, int layer)
    {
        int[] picked = [.. Enumerable.Range(0,
            Math.Min(MostClasses, data.Classes)).Select(c => Array.IndexOf(data.Labels!, c)).Where(r => r >= 0)];
        Matrix rows = data.Select(picked).ToMatrix(model.Placement), hidden = model.Transform(rows, layer),
            back = model.Generate(hidden, layer);
        // Pictures are grey values of 0 to 1 unless units of other ends take them.
        TileRange? ofRows = model.RowLayers.Any(l => l.Values is { IsBounded: true } ends && ends != UnitValues.Bits)
            ? TileRange.Of(model.RowLayers) : null;
        TileRange ofHidden = TileRange.Of([model.Layers[layer]]);
        PixelImage[] tiles =
            [.. Enumerable.Range(0, picked.Length).Select(r =>
                ImageSheet.Passage(rows.ReadRow(r), hidden.ReadRow(r), back.ReadRow(r), data.Image!, Height, ofRows, ofHidden))];
        return Png.Encode(PixelImage.Stacked([.. tiles.Chunk(PerLine).Select(line => PixelImage.Beside(line, gap: 24))]));
    }
}
