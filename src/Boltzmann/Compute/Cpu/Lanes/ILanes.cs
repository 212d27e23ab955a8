namespace Boltzmann.Compute.Cpu;

/// <summary>Vectors of bytes, for chains side by side: written once, compiled for each width. On machines without a width, .NET runs it in
/// software.</summary>
unsafe interface ILanes<TV>
{
    /// <summary>Bytes of a vector: 16, 32 or 64.</summary>
    static abstract int Count { get; }

    /// <summary>The entries of a table that one look-up reaches: a power of 2.</summary>
    static abstract int Entries { get; }

    static abstract TV Zero { get; }
    static abstract TV Splat(sbyte value);
    static abstract TV Load(sbyte* address);
    static abstract void Store(TV value, sbyte* address);

    /// <summary>sum + what is there.</summary>
    static abstract TV Plus(TV sum, sbyte* address);

    /// <summary>sum − what is there.</summary>
    static abstract TV Minus(TV sum, sbyte* address);

    /// <summary>sum + weight where a bit mask is there.</summary>
    static abstract TV PlusWeight(TV sum, TV weight, sbyte* address);

    /// <summary>sum + what both addresses have on.</summary>
    static abstract TV PlusBoth(TV sum, sbyte* a, sbyte* b);

    /// <summary>sum − what both addresses have on.</summary>
    static abstract TV MinusBoth(TV sum, sbyte* a, sbyte* b);

    /// <summary>sum + weight where a bit mask is on.</summary>
    static abstract TV PlusMasked(TV sum, TV weight, TV mask);

    /// <summary><see cref="PlusMasked"/> of 16-bit numbers.</summary>
    static abstract TV PlusMaskedPairs(TV sum, TV weight, TV mask);

    static abstract TV And(TV a, sbyte* address);
    static abstract TV Not(TV a);

    /// <summary>What a difference g changes an energy by, plus 128: g where a unit comes on, −g where it goes off.</summary>
    static abstract TV Change(TV difference, TV next, TV was);

    /// <summary>sums + next's units that came on − those that went off.</summary>
    static abstract TV PlusOn(TV sums, TV next, TV was);

    /// <summary>Sums of pairs of bytes as 16-bit numbers.</summary>
    static abstract TV AddPairs(TV a, TV b);

    /// <summary>The upper byte of each pair, as a 16-bit number from 0 to 255.</summary>
    static abstract TV UpperBytes(TV a);

    /// <summary>The same 16-bit number in every pair.</summary>
    static abstract TV SplatPair(short value);

    /// <summary><see cref="Plus"/> of 16-bit numbers.</summary>
    static abstract TV PlusPairs(TV sum, sbyte* address);

    /// <summary><see cref="Minus"/> of 16-bit numbers.</summary>
    static abstract TV MinusPairs(TV sum, sbyte* address);

    /// <summary><see cref="PlusWeight"/> of 16-bit numbers.</summary>
    static abstract TV PlusWeightPairs(TV sum, TV weight, sbyte* address);

    /// <summary><see cref="Change"/> of 16-bit numbers, plus 2¹⁵.</summary>
    static abstract TV ChangePairs(TV difference, TV next, TV was);

    /// <summary><see cref="PlusOn"/> of 16-bit numbers.</summary>
    static abstract TV PlusOnPairs(TV sums, TV next, TV was);

    /// <summary>−1 where a &gt; b as 16-bit numbers, else 0.</summary>
    static abstract TV GreaterPairs(TV a, TV b);

    /// <summary>Bit i is the sign of 16-bit number i.</summary>
    static abstract uint SignPairs(TV a);

    /// <summary>Sums of pairs of 16-bit numbers as 32-bit ones.</summary>
    static abstract TV AddQuads(TV a, TV b);

    /// <summary>The upper 16 bits of each pair of 16-bit numbers, as a 32-bit number from 0 on.</summary>
    static abstract TV UpperPairs(TV a);

    /// <summary>⌈v⌉ for as many floats as the vector has pairs, held to what 16 bits can be.</summary>
    static abstract TV Ceilings(float* values);

    /// <summary>16-bit sums + bytes, half as many as a vector has.</summary>
    static abstract TV PlusWidened(TV sum, sbyte* bytes);

    /// <summary>16-bit sums − bytes, half as many as a vector has.</summary>
    static abstract TV MinusWidened(TV sum, sbyte* bytes);

    /// <summary>sums[i] += bytes[i], as 16-bit numbers, for a vector of bytes.</summary>
    static abstract void AddSums(short* sums, TV bytes);

    /// <summary>sums[i] += weight &amp; bytes[i], as 16-bit numbers, for a vector of bytes that are 0 or −1.</summary>
    static abstract void AddWide(short* sums, sbyte* bytes, TV weight);

    /// <summary>
    /// −1 for the chains whose unit is on next, else 0: see <see cref="LaneThresholds.IsOn"/>. Chances are looked up at the difference less
    /// <paramref name="first"/>, held to what the table has.
    /// </summary>
    /// <param name="difference">g.</param>
    /// <param name="first">The table's first difference.</param>
    /// <param name="last">Its last.</param>
    /// <param name="table">Upper bytes of the thresholds, and 256 behind them the lower.</param>
    /// <param name="random">The 64 random bytes of a unit.</param>
    /// <param name="chain">The vector's first chain.</param>
    /// <param name="pieces">Pieces of <see cref="Entries"/> that are looked up.</param>
    static abstract TV Draw<TP>(TV difference, TV first, TV last, sbyte* table, sbyte* random, int chain, int pieces) where TP : struct,
        IPieces;

    /// <summary>The next bytes of a generator, 64 a step; see <see cref="LaneGenerator"/>.</summary>
    static abstract void Random(ulong* state, sbyte* bytes, int steps);
}
