namespace Boltzmann.Data;

/// <summary>
/// Handwritten-style digits, generated: 28 × 28 grey pixels with labels 0 … 9, in the manner of MNIST, without a network or a file.
/// Each digit follows from the seed, the stream and its number alone, so a longer set begins with a shorter one.
/// </summary>
public static class Digits
{
    // Keeps these numbers apart from those of a training run with the same seed.
    const uint FirstStream = 0xD161_7000;

    /// <summary>Generates digits; in every ten that follow one another each label occurs once, in random order.</summary>
    /// <param name="count">Number of digits.</param>
    /// <param name="seed">Settles every pixel.</param>
    /// <param name="stream">Independent digits under the same seed: 0 to train, 1 to test, 2 to validate.</param>
    public static Dataset Generate(int count, ulong seed = Rng.DefaultSeed, uint stream = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        const int Pixels = DigitPen.Side * DigitPen.Side;
        var pixels = new byte[checked(count * Pixels)];
        int[] labels = new int[count];
        // Two streams of numbers for each stream of digits: order and pen.
        uint order = FirstStream + 2 * stream, pen = order + 1;
        Parallel.For(0, (count + 9) / 10, () => new DigitPen(), (ten, _, drawing) =>
        {
            Span<int> shuffled = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
            new Rng(seed, order, (ulong)ten).Shuffle(shuffled);
            for (int i = 10 * ten; i < Math.Min(count, 10 * ten + 10); i++)
            {
                labels[i] = shuffled[i % 10];
                drawing.Draw(labels[i], new DigitRandom(seed, pen, (uint)i), pixels.AsSpan(i * Pixels, Pixels));
            }
            return drawing;
        }, _ => { });
        return new("digits", new ByteRows(pixels, Pixels))
        {
            Labels = labels,
            LabelNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            Image = new(DigitPen.Side, DigitPen.Side),
        };
    }
}
