namespace Boltzmann.Searching;

/// <summary>
/// An integer from 0 to some range as bits: 1, 2, 4, …, and a last one that counts what is left, so that none is beyond the range.
/// </summary>
static class HelperBits
{
    /// <summary>What each bit counts; the sum is the range.</summary>
    public static long[] Factors(long range)
    {
        var factors = new List<long>();
        long left = range;
        for (long bit = 1; left > 0; bit *= 2)
        {
            factors.Add(Math.Min(bit, left));
            left -= factors[^1];
        }
        return [.. factors];
    }

    /// <summary>Sets the bits to a value of the range.</summary>
    public static void Set(Span<byte> bits, ReadOnlySpan<long> factors, long value)
    {
        // The last bit may count less than the one before it: if it is needed, it is needed first.
        bits.Clear();
        long others = 0;
        for (int k = 0; k + 1 < factors.Length; k++) others += factors[k];
        if (value > others) (bits[^1], value) = (1, value - factors[^1]);
        for (int k = factors.Length - 2; k >= 0; k--)
            if (value >= factors[k]) (bits[k], value) = (1, value - factors[k]);
    }
}
