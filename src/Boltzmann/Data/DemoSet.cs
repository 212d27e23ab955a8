namespace Boltzmann.Data;

/// <summary>
/// A toy set of 2000 rows of 10 independent bits: in half of the rows a bit is 1 with probability 0.75, in the other half with 0.25.
/// </summary>
public static class DemoSet
{
    const int Count = 2000, Columns = 10;

    /// <summary>The set in random order; label 1 marks the rows with probability 0.75.</summary>
    /// <param name="seed">Settles every bit and the order.</param>
    public static Dataset Create(ulong seed = Rng.DefaultSeed)
    {
        var rng = new Rng(seed);
        var labels = new int[Count];
        labels.AsSpan(0, Count / 2).Fill(1);
        rng.Shuffle<int>(labels);
        Draw draw = rng.NextDraw();
        var bits = new byte[Count * Columns];
        for (int r = 0; r < Count; r++)
            for (int c = 0; c < Columns; c++)
                bits[r * Columns + c] = Philox.Uniform(draw, r, c) < (labels[r] == 1 ? 0.75 : 0.25) ? (byte)1 : (byte)0;
        return new("demo", new ByteRows(bits, Columns, scale: 1)) { Labels = labels, LabelNames = ["0.25", "0.75"] };
    }
}
