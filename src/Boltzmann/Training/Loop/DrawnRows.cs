namespace Boltzmann.Training;

/// <summary>
/// The rows of an epoch, drawn in proportion to weights: of N rows, row i comes ⌊N·wᵢ/Σw⌋ times or once more, N·wᵢ/Σw times on average
/// (systematic sampling, Madow 1949). Then each row of a batch counts the same, where weights that span decades would leave a batch to the
/// few heaviest of its rows.
/// </summary>
static class DrawnRows
{
    /// <summary>Writes the numbers of the rows, in rising order.</summary>
    /// <param name="weights">Of the rows, at least 0 and not all 0.</param>
    /// <param name="rows">[N], as many as there are weights.</param>
    /// <param name="rng">One number of it is used.</param>
    public static void Draw(ReadOnlySpan<double> weights, Span<int> rows, Rng rng)
    {
        double total = 0, passed = 0, start = rng.NextUniform();
        foreach (double weight in weights) total += weight;
        int drawn = 0, last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] > 0)) continue;
            (passed, last) = (passed + weights[i], i);
            while (drawn < rows.Length && (drawn + start) * total < passed * rows.Length) rows[drawn++] = i;
        }
        // What rounding of the sum has left.
        rows[drawn..].Fill(last);
    }
}
