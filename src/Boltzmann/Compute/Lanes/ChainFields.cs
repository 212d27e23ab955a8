using System.Numerics;

namespace Boltzmann.Compute;

/// <summary>
/// The fields of all units, aᵢ + Σ bᵢⱼxⱼ, in each chain of a group, kept from draw to draw, and the states as bits. A chain that was moved
/// by other means is forgotten, and its fields are made anew before they are needed.
/// </summary>
sealed unsafe class ChainFields
{
    /// <summary>Units whose states are compared before and after a sweep by sums made anew.</summary>
    const int Sampled = 32;

    /// <summary>Fields of real numbers round at each flip; after so many sweeps they are made anew.</summary>
    const int MostSweepsOfReals = 64;

    /// <summary>Sweeps that fields serve before they are made anew: copies of other chains are soon copied over again.</summary>
    const int SweepsOfCopies = 4, SweepsOfOthers = 64;

    readonly LaneProgram program;
    readonly FieldRows rows;
    readonly HostStorage fields, bits;
    readonly byte[] sample;
    ulong current;
    double flips = 1;
    int sweeps;
    bool isCopy;

    /// <summary>Of chains of a program with rows; none is current.</summary>
    public ChainFields(LaneProgram program, FieldRows rows)
    {
        this.program = program;
        this.rows = rows;
        fields = ChainLanes.Allocated((long)ChainLanes.Count * FieldBytes);
        bits = ChainLanes.Allocated((long)ChainLanes.Count * BitBytes);
        sample = new byte[Math.Min(Sampled, program.Units) * Line];
    }

    /// <summary>The weights.</summary>
    public FieldRows Rows => rows;

    /// <summary>The fields of a chain, one for each place of the sweep.</summary>
    public byte* FieldsOf(int chain) => (byte*)fields.Address + (nint)chain * FieldBytes;

    /// <summary>The states of a chain, <see cref="FieldRows.Block"/> places a word.</summary>
    public uint* BitsOf(int chain) => (uint*)((byte*)bits.Address + (nint)chain * BitBytes);

    /// <summary>Whether the next sweep should keep fields; told once for each sweep.</summary>
    public bool AreWanted()
    {
        if (program.Form == LaneForm.Floats && ++sweeps % MostSweepsOfReals == 0) current = 0;
        double stale = 1 - (double)BitOperations.PopCount(current) / ChainLanes.Count;
        if (rows.AreWorth(flips, stale, isCopy ? SweepsOfCopies : SweepsOfOthers)) return true;
        current = 0;
        return false;
    }

    /// <summary>Learns how many units flipped in a sweep of all chains.</summary>
    public void Swept(long count) => flips = (double)count / ((double)program.Units * ChainLanes.Count);

    /// <summary>Remembers some states before a sweep by sums made anew.</summary>
    public void Note(ChainLanes chains)
    {
        for (int k = 0; k < sample.Length; k += Line) StatesOf(chains, k).CopyTo(sample.AsSpan(k, Line));
    }

    /// <summary>Learns from those how many flipped.</summary>
    public void Compare(ChainLanes chains)
    {
        int size = program.StateSize, count = 0;
        for (int k = 0; k < sample.Length; k += Line)
        {
            ReadOnlySpan<byte> now = StatesOf(chains, k), was = sample.AsSpan(k, Line);
            // The last byte of a state tells 1 from 0 as a float too.
            for (int c = size - 1; c < Line; c += size)
                if (now[c] != was[c]) count++;
        }
        flips = (double)count / (sample.Length / size);
    }

    /// <summary>
    /// What else decides the next sweeps: chains whose fields are current, the share of units that flip, sweeps since fields were made,
    /// whether these are copies. Fields of real numbers carry their rounding on, so that a search that goes on needs them as they were.
    /// </summary>
    public (ulong Current, double Flips, int Sweeps, bool AreCopies) History
    {
        get => (current, flips, sweeps, isCopy);
        set => (current, flips, sweeps, isCopy) = value;
    }

    /// <summary>The fields and then the states of all chains.</summary>
    public byte[] ToBytes() => [.. new ReadOnlySpan<byte>(FieldsOf(0), ChainLanes.Count * FieldBytes),
        .. new ReadOnlySpan<byte>(BitsOf(0), ChainLanes.Count * BitBytes)];

    /// <summary>Takes what <see cref="ToBytes"/> gave.</summary>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        bytes[..(ChainLanes.Count * FieldBytes)].CopyTo(new(FieldsOf(0), ChainLanes.Count * FieldBytes));
        bytes[(ChainLanes.Count * FieldBytes)..].CopyTo(new(BitsOf(0), ChainLanes.Count * BitBytes));
    }

    /// <summary>A chain was moved by other means.</summary>
    public void Forget(int chain) => current &= ~(1UL << chain);

    /// <summary>All chains were.</summary>
    public void Forget() => current = 0;

    /// <summary>Takes the fields of other chains of the same program; null for none.</summary>
    public void CopyFrom(ChainFields? other)
    {
        isCopy = true;
        current = other?.current ?? 0;
        for (ulong left = current; left != 0; left &= left - 1)
        {
            int c = BitOperations.TrailingZeroCount(left);
            Buffer.MemoryCopy(other!.FieldsOf(c), FieldsOf(c), FieldBytes, FieldBytes);
            Buffer.MemoryCopy(other.BitsOf(c), BitsOf(c), BitBytes, BitBytes);
        }
        GC.KeepAlive(other);
        GC.KeepAlive(this);
    }

    /// <summary>A chain changes places with the same one of another group.</summary>
    public void Exchange(ChainFields other, int chain)
    {
        ulong own = 1UL << chain, mine = current & own, its = other.current & own;
        Swap(FieldsOf(chain), other.FieldsOf(chain), FieldBytes);
        Swap((byte*)BitsOf(chain), (byte*)other.BitsOf(chain), BitBytes);
        current = current & ~own | its;
        other.current = other.current & ~own | mine;
    }

    /// <summary>The chains whose fields must be made anew, a bit for each; from now on they count as current.</summary>
    public ulong TakeStale()
    {
        ulong stale = ~current;
        current = ulong.MaxValue;
        return stale;
    }

    /// <summary>Sets the fields of a chain to the biases, and its states to off.</summary>
    public void Clear(int chain)
    {
        new Span<byte>(BitsOf(chain), BitBytes).Clear();
        if (program.Form == LaneForm.Floats) program.Lists.Constants.CopyTo(new Span<float>(FieldsOf(chain), rows.Stride));
        else program.Lists.WholeConstants.CopyTo(new Span<short>(FieldsOf(chain), rows.Stride));
    }

    int Line => ChainLanes.Count * program.StateSize;

    // Places at equal distances: neighbouring ones have equal numbers of neighbours.
    ReadOnlySpan<byte> StatesOf(ChainLanes chains, int sampled)
    {
        long place = (long)(sampled / Line) * program.Units / (sample.Length / Line);
        return new(chains.States + place * Line, Line);
    }

    int FieldBytes => rows.Stride * rows.FieldSize;

    int BitBytes => (rows.Stride / FieldRows.Block * sizeof(uint) + 63) / 64 * 64;

    static void Swap(byte* a, byte* b, int bytes)
    {
        for (int k = 0; k < bytes; k += sizeof(ulong))
            (*(ulong*)(a + k), *(ulong*)(b + k)) = (*(ulong*)(b + k), *(ulong*)(a + k));
    }
}
