using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Fields of whole steps in 16 bits; rows of bytes or of 16 bits.</summary>
unsafe struct ShortFields<TV, TO, TRow> : IFieldEntries where TO : struct, ILanes<TV> where TRow : unmanaged
{
    const int Lanes = LaneProgram.Lanes, Block = FieldRows.Block;

    [SkipLocalsInit]
    public static void Turn(float* noise, byte* turned)
    {
        short* whole = stackalloc short[Block * Lanes];
        int n = TO.Count / sizeof(short);
        for (int i = 0; i < Block * Lanes; i += n) TO.Store(TO.Ceilings(noise + i), (sbyte*)(whole + i));
        Turning.Shorts(whole, Block, Lanes, (short*)turned);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Above(byte* noise, byte* fields)
    {
        uint bits = 0;
        int n = TO.Count / sizeof(short);
        for (int i = 0; i < Block; i += n)
        {
            int at = i * sizeof(short);
            bits |= TO.SignPairs(TO.GreaterPairs(TO.Load((sbyte*)noise + at), TO.Load((sbyte*)fields + at))) << i;
        }
        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(byte* fields, byte* row, int count, bool isOn)
    {
        int n = TO.Count / sizeof(short);
        for (int k = 0; k < count; k += n)
        {
            sbyte* to = (sbyte*)fields + k * sizeof(short), entries = (sbyte*)row + k * sizeof(TRow);
            TO.Store(isOn ? Plus(TO.Load(to), entries)
                : sizeof(TRow) == sizeof(sbyte) ? TO.MinusWidened(TO.Load(to), entries) : TO.MinusPairs(TO.Load(to), entries), to);
        }
    }

    // Some vectors of sums at a time, which stay in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddAll(byte* fields, byte* rows, nint rowBytes, int* units, int unitCount, int count)
    {
        int n = TO.Count / sizeof(short);
        for (int k = 0; k < count; k += 4 * n)
        {
            // Vectors are so short, or rows padded so far, that four always fit; of the longest only two.
            sbyte* to = (sbyte*)fields + k * sizeof(short);
            bool isWhole = k + 4 * n <= count;
            TV a = TO.Load(to), b = TO.Load(to + TO.Count), c = isWhole ? TO.Load(to + 2 * TO.Count) : TO.Zero,
                d = isWhole ? TO.Load(to + 3 * TO.Count) : TO.Zero;
            nint next = n * sizeof(TRow), offset = (nint)k * sizeof(TRow);
            for (int u = 0; u < unitCount; u++)
            {
                sbyte* entries = (sbyte*)rows + units[u] * rowBytes + offset;
                a = Plus(a, entries);
                b = Plus(b, entries + next);
                if (!isWhole) continue;
                c = Plus(c, entries + 2 * next);
                d = Plus(d, entries + 3 * next);
            }
            TO.Store(a, to);
            TO.Store(b, to + TO.Count);
            if (!isWhole) continue;
            TO.Store(c, to + 2 * TO.Count);
            TO.Store(d, to + 3 * TO.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TV Plus(TV sum, sbyte* entries) => sizeof(TRow) == sizeof(sbyte) ? TO.PlusWidened(sum, entries) : TO.PlusPairs(sum, entries);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Flip(ChainLanes chains, int chain, nint place, byte* fields, bool isOn, int half)
    {
        int change = 2 * ((short*)fields)[place] + half;
        chains.HalfSteps[chain] += isOn ? change : -change;
        nint at = place * Lanes + chain;
        if (chains.Program.Form == LaneForm.Bytes) ((sbyte*)chains.States)[at] = isOn ? (sbyte)-1 : (sbyte)0;
        else ((short*)chains.States)[at] = isOn ? (short)-1 : (short)0;
    }
}
