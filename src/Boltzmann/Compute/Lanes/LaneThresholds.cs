namespace Boltzmann.Compute;

/// <summary>
/// The chance that a unit is on, by its difference of energy, for a segment of units moved as bytes at one temperature: with two random
/// bytes R = 256·r₁ + r₂ a unit is on where R &lt; t(g) = ⌊65536·σ(−βδ(g + p)) + ½⌋, so each chance is right to 2⁻¹⁷.
/// </summary>
sealed class LaneThresholds
{
    /// <summary>Entries of the table: whatever a byte can be.</summary>
    public const int Size = 256;

    const double Levels = 65536;

    /// <param name="segment">What is moved.</param>
    /// <param name="step">βδ.</param>
    public LaneThresholds(in LaneSegment segment, double step)
    {
        double half = segment.IsHalf ? 0.5 : 0;
        int first = segment.Lowest, last = segment.Highest;
        // Below the first entry a unit is always on; the last one, where it is 0, stands for all above it.
        while (first < last && At(first) >= Levels) first++;
        while (last > first && At(last - 1) < 1) last--;
        Base = first;
        Top = last;
        for (int i = 0; i < Size; i++)
        {
            int threshold = i <= last - first ? (int)Math.Min(At(first + i), Levels - 1) : 0;
            Table[i] = (sbyte)((threshold >> 8) - 128);
            Table[Size + i] = (sbyte)((threshold & 255) - 128);
        }

        double At(int g) => Math.Floor(Levels / (1 + Math.Exp(step * (g + half))) + 0.5);
    }

    /// <summary>The difference of the first entry.</summary>
    public int Base { get; }

    /// <summary>The difference of the last entry, which larger ones share.</summary>
    public int Top { get; }

    /// <summary>Upper bytes of t, less 128; behind them the lower ones, less 128.</summary>
    public sbyte[] Table { get; } = new sbyte[2 * Size];

    /// <summary>Whether a unit is on.</summary>
    /// <param name="difference">g.</param>
    /// <param name="r1">A random byte.</param>
    /// <param name="r2">Another one.</param>
    public bool IsOn(int difference, sbyte r1, sbyte r2)
    {
        if (difference < Base) return true;
        int i = Math.Min(difference, Top) - Base;
        return r1 < Table[i] || (r1 == Table[i] && r2 < Table[Size + i]);
    }
}
