namespace Boltzmann;

/// <summary>What rows with gaps may lack, and what stands in a gap while the rest of the row is looked at.</summary>
/// <param name="layers">The layers that the columns of a row are divided among.</param>
sealed class RowGaps(IReadOnlyList<Layer> layers)
{
    // What is missing cannot be wrong: the mean of its unit is a value that the unit allows.
    readonly double[] standIns = [.. layers.SelectMany(Typical)];

    /// <summary>Puts values that the units allow in place of NaN.</summary>
    /// <returns>What is wrong with a gap, in words; null if nothing is.</returns>
    public string? Fill(Span<double> row)
    {
        int first = 0;
        foreach (Layer layer in layers)
        {
            Span<double> part = row.Slice(first, layer.Units);
            for (int c = 0, end; c < part.Length; c = end)
            {
                end = layer.BlockEnd(c);
                Span<double> block = part[c..end];
                int gaps = 0;
                foreach (double x in block) gaps += double.IsNaN(x) ? 1 : 0;
                if (gaps == 0) continue;
                if (layer.IsContext) return $"column {first + c + 1} is context and has no value, but context is always given";
                if (gaps < block.Length)
                    return $"columns {first + c + 1}-{first + c + block.Length} are one block of {layer.Kind} units, of which {gaps} "
                        + $"{(gaps == 1 ? "column has" : "columns have")} no value: expected all of a block or none";
            }
            first += layer.Units;
        }
        MissingEntries.Fill(row, standIns);
        return null;
    }

    static double[] Typical(Layer layer)
    {
        Matrix inputs = new(1, layer.Units, layer.Placement), means = inputs.Like(1, layer.Units);
        if (!layer.IsContext) layer.SetMean(inputs, means);
        return means.ReadRow(0);
    }
}
