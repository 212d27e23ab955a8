namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Random piano rolls with the lengths, range, notes a step and held chords of the Nottingham set's 694 tunes to learn: 254 steps on
/// average, four of 63 keys at once, every third step that before it again.
/// </summary>
static class SequenceRolls
{
    /// <summary>Columns of a step: the keys of a piano.</summary>
    public const int Keys = 88;

    const int Lowest = 10, Range = 63, MeanLength = 254, Spread = 134;
    const double NotesPerStep = 3.96, Held = 0.36;

    /// <summary>So many tunes, the same at every call.</summary>
    public static Sequences Generate(int count)
    {
        var random = new Rng(1);
        var first = new int[count];
        int total = 0;
        for (int s = 0; s < count; s++)
        {
            first[s] = total;
            // Uniform with the set's mean and standard deviation.
            total += (int)(MeanLength + Math.Sqrt(3) * Spread * (2 * random.NextUniform() - 1));
        }
        var bytes = new byte[total * Keys];
        for (int t = 0; t < total; t++)
        {
            Span<byte> step = bytes.AsSpan(t * Keys, Keys);
            if (t > 0 && random.NextUniform() < Held) bytes.AsSpan((t - 1) * Keys, Keys).CopyTo(step);
            else
                for (int k = Lowest; k < Lowest + Range; k++) step[k] = random.NextUniform() < NotesPerStep / Range ? (byte)1 : (byte)0;
        }
        return new(new Dataset("random rolls", new ByteRows(bytes, Keys, 1)), first);
    }
}
