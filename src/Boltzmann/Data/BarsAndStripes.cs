namespace Boltzmann.Data;

/// <summary>
/// Bars and stripes: pictures of size × size bits in which either every line is uniform or every column is (MacKay 2003, chapter 43).
/// Small enough to enumerate, and not learnable from single pixels or pairs in one line.
/// </summary>
public static class BarsAndStripes
{
    /// <summary>
    /// Each of the 2·2ⁿ − 2 distinct patterns once, so that the entropy is ln(2ⁿ⁺¹ − 2) nats. Stripes are labelled 0, bars 1, both plain
    /// pictures 0.
    /// </summary>
    /// <param name="size">Pixels per side, 1 to 16.</param>
    /// <exception cref="BadInputException">The size is outside 1..16.</exception>
    public static Dataset All(int size = 4)
    {
        int count = Patterns(size);
        return Create(size, [.. Enumerable.Range(0, count)]);
    }

    /// <summary>Rows drawn uniformly from the distinct patterns.</summary>
    /// <param name="size">Pixels per side, 1 to 16.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="rng">One draw per row.</param>
    /// <exception cref="BadInputException">The size is outside 1..16.</exception>
    public static Dataset Sample(int size, int count, Rng rng)
    {
        int patterns = Patterns(size);
        var picks = new int[count];
        for (int i = 0; i < count; i++) picks[i] = rng.NextInteger(patterns);
        return Create(size, picks);
    }

    static int Patterns(int size) => size is >= 1 and <= 16 ? (2 << size) - 2
        : throw new BadInputException($"bars and stripes of size {size}: expected 1 to 16");

    // Patterns 0 … 2ⁿ − 1 have uniform lines; the rest have uniform columns, with the two plain pictures left out.
    static Dataset Create(int size, ReadOnlySpan<int> patterns)
    {
        var pixels = new byte[patterns.Length * size * size];
        var labels = new int[patterns.Length];
        for (int i = 0; i < patterns.Length; i++)
        {
            bool bars = patterns[i] >= 1 << size;
            int bits = bars ? patterns[i] - (1 << size) + 1 : patterns[i];
            labels[i] = bars ? 1 : 0;
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++)
                    pixels[(i * size + y) * size + x] = (byte)((bits >> (bars ? x : y)) & 1);
        }
        return new("bars-and-stripes", new ByteRows(pixels, size * size, scale: 1))
        {
            Labels = labels,
            LabelNames = ["stripes", "bars"],
            Image = new(size, size),
        };
    }
}
