namespace Boltzmann.Runs;

/// <summary>The surest wrong answers as small pictures, each with what it is, what it was taken for, and how surely.</summary>
static class ReportMistakes
{
    const int Most = 60, TileSize = 56;

    /// <summary>The tiles; null where rows are no pictures, or every answer is right.</summary>
    /// <param name="data">Pictures with labels.</param>
    /// <param name="probabilities">Of each class, a row per picture.</param>
    /// <param name="classes">Their names.</param>
    /// <param name="rows">Whose: "2,000 held-out rows".</param>
    /// <param name="range">What is black and what is white; 0 and 1 when null.</param>
    public static ReportTiles? Of(Dataset data, IReadOnlyList<double[]> probabilities, IReadOnlyList<string> classes, string rows,
        TileRange? range = null)
    {
        if (data.Image is not ImageShape shape || data.Labels is not { } labels) return null;
        int[] predicted = [.. probabilities.Select(Predictor.Best)];
        int[] wrong = [.. Enumerable.Range(0, data.Count).Where(r => predicted[r] != labels[r])
            .OrderByDescending(r => probabilities[r][predicted[r]])];
        if (wrong.Length == 0) return null;
        int[] shown = wrong[..Math.Min(Most, wrong.Length)];
        int scale = Math.Max(1, TileSize / Math.Max(shape.Width, shape.Height));
        IReadOnlyList<double[]> pictures = ImageSheet.RowsOf(data.Select(shown).ToMatrix());
        ReportTile[] tiles = [.. shown.Select((r, i) => new ReportTile(
            $"{classes[labels[r]]} → {classes[predicted[r]]}, {100 * probabilities[r][predicted[r]]:F0} %",
            Png.Encode(ImageSheet.Grey([pictures[i]], shape, range, new() { Gap = 0, Scale = scale }))))];
        string which = shown.Length == wrong.Length ? $"All {wrong.Length:N0} mistakes" : $"{shown.Length} of {wrong.Length:N0} mistakes";
        return new("Surest mistakes", $"{which} on {rows}: the true class → the class it was taken for, with its probability.", tiles);
    }
}
