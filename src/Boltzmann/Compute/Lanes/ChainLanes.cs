using System.Numerics;
using System.Runtime.CompilerServices;

namespace Boltzmann.Compute;

/// <summary>
/// 64 chains at one temperature: their states, one unit's in all chains side by side, their energies, carried through the sweeps, and their
/// random numbers. <see cref="Backend.SweepLanes"/> moves them; one thread at a time.
/// </summary>
sealed unsafe class ChainLanes
{
    /// <summary>Chains.</summary>
    public const int Count = LaneProgram.Lanes;

    readonly HostStorage storage;
    readonly double offset;
    readonly LaneThresholds[] thresholds;
    ChainFields? fields;

    /// <summary>How far two threads are that move these chains one after the other; theirs alone.</summary>
    internal int Turn;

    /// <summary>Chains whose units are all off, but for the first one of each block.</summary>
    /// <param name="program">The energy.</param>
    /// <param name="offset">What is added to every energy.</param>
    /// <param name="seed">Of the run.</param>
    /// <param name="group">Number of this group in the run.</param>
    public ChainLanes(LaneProgram program, double offset, ulong seed, uint group)
    {
        Program = program;
        this.offset = offset + program.Offset;
        thresholds = new LaneThresholds[program.Segments.Length];
        storage = Allocated(program.StateBytes);
        LaneGenerator.Seed(seed, group, Generator);
        Best = new byte[program.Units];
        Energies.AsSpan().Fill(this.offset);
        if (program.Clauses is null && program.BlockEnds.Length == 0) return;
        if (program.Clauses is not null)
        {
            byte[] off = new byte[program.Units];
            for (int c = 0; c < Count; c++) Set(c, off);
        }
        for (int b = 0; b < program.BlockEnds.Length; b++)
            for (int c = 0; c < Count; c++) Put(program.BlockStart(b), c, on: true);
        Recompute();
    }

    /// <summary>Memory that nobody disposes: it is freed when nothing refers to the chains any more.</summary>
    internal static HostStorage Allocated(long bytes) => new((nuint)bytes);

    /// <summary>The energy.</summary>
    public LaneProgram Program { get; }

    /// <summary>Inverse temperature of the next sweeps, in one over the unit of energy; above 0.</summary>
    public double Beta
    {
        get;
        set
        {
            if (value == field) return;
            field = value;
            if (Program.Form != LaneForm.Bytes) return;
            for (int s = 0; s < thresholds.Length; s++)
                if (!Program.Segments[s].IsWide) thresholds[s] = new(Program.Segments[s], value * Program.Step);
        }
    }

    /// <summary>The chances of the segments that are moved as bytes; null for the others.</summary>
    public ReadOnlySpan<LaneThresholds> Thresholds => thresholds;

    /// <summary>State of the random numbers, <see cref="LaneGenerator.Words"/> words.</summary>
    public ulong[] Generator { get; } = new ulong[LaneGenerator.Words];

    /// <summary>Energy of each chain.</summary>
    public double[] Energies { get; } = new double[Count];

    /// <summary>
    /// What each chain's energy changed by since it was last counted, in half steps; whoever moves whole numbers adds here.
    /// </summary>
    public int[] HalfSteps { get; } = new int[Count];

    /// <summary>The lowest energy seen since <see cref="Watch"/>.</summary>
    public double BestEnergy { get; private set; } = double.PositiveInfinity;

    /// <summary>The state that had it, by unit, 0 or 1.</summary>
    public byte[] Best { get; }

    /// <summary>The chain and the sweep, counted from <see cref="Watch"/>, that had it.</summary>
    public (int Chain, int Sweep) BestAt { get; private set; }

    /// <summary>Σ over chains and sweeps since <see cref="ClearSums"/> of E and E², both from <see cref="Reference"/>; the number of
    /// terms.</summary>
    public (double Sum, double Squares, long Terms) Sums { get; private set; }

    /// <summary>The energy from which <see cref="Sums"/> are taken, so that no digits are lost.</summary>
    public double Reference { get; private set; }

    /// <summary>Address of the states, one of the unit at place p in chain c at 64p + c.</summary>
    public byte* States => (byte*)storage.Address;

    /// <summary>What keeps the fields of all units, where that can pay; otherwise null.</summary>
    public ChainFields? Fields => fields ??= Program.Rows is FieldRows rows ? new(Program, rows) : null;

    /// <summary>Sets the state of a chain.</summary>
    /// <param name="chain">From 0 on.</param>
    /// <param name="state">By unit, 0 or 1.</param>
    public void Set(int chain, ReadOnlySpan<byte> state)
    {
        for (int p = 0; p < Program.Units; p++) Put(p, chain, state[Program.Order[p]] != 0);
    }

    /// <summary>Reads the state of a chain.</summary>
    /// <param name="chain">From 0 on.</param>
    /// <param name="state">By unit, 0 or 1; set.</param>
    public void Get(int chain, Span<byte> state)
    {
        for (int p = 0; p < Program.Units; p++) state[Program.Order[p]] = IsOn(p, chain) ? (byte)1 : (byte)0;
    }

    /// <summary>Takes the states and energies of other chains of the same program.</summary>
    public void CopyFrom(ChainLanes other)
    {
        BeginAt(other);
        Fields?.CopyFrom(other.fields);
    }

    /// <summary>Takes the states and energies of other chains of the same program, to go other ways from there.</summary>
    public void BeginAt(ChainLanes other)
    {
        Buffer.MemoryCopy(other.States, States, Program.StateBytes, Program.StateBytes);
        other.Energies.CopyTo(Energies, 0);
        fields?.Forget();
        GC.KeepAlive(other);
        GC.KeepAlive(this);
    }

    /// <summary>Chains take the states and energies of chains that take none themselves.</summary>
    /// <param name="moves">Of chains of this group.</param>
    public void Take(ReadOnlySpan<ChainMove> moves)
    {
        int size = Program.StateSize;
        long line = Count * size, end = Program.StateBytes;
        byte** from = stackalloc byte*[moves.Length];
        for (int m = 0; m < moves.Length; m++)
        {
            from[m] = moves[m].From.States + moves[m].Source * size;
            Energies[moves[m].Chain] = moves[m].From.Energies[moves[m].Source];
            fields?.Forget(moves[m].Chain);
        }
        for (long at = 0; at < end; at += line)
            for (int m = 0; m < moves.Length; m++)
            {
                byte* to = States + at + moves[m].Chain * size;
                if (size == 1) *to = from[m][at];
                else if (size == 2) *(short*)to = *(short*)(from[m] + at);
                else *(float*)to = *(float*)(from[m] + at);
            }
        foreach (ChainMove move in moves) GC.KeepAlive(move.From);
        GC.KeepAlive(this);
    }

    /// <summary>Adds to each unit's counts, one for each chain, where it is on.</summary>
    /// <param name="counts">That of unit i in chain c at 64i + c.</param>
    public void CountInto(Span<int> counts)
    {
        for (int p = 0; p < Program.Units; p++)
        {
            Span<int> own = counts.Slice(Program.Order[p] * Count, Count);
            for (int c = 0; c < Count; c++)
                if (IsOn(p, c)) own[c]++;
        }
    }

    /// <summary>The share of all states that differ from those of other chains of the same program.</summary>
    public double DifferenceFrom(ChainLanes other)
    {
        ulong* mine = (ulong*)States, its = (ulong*)other.States;
        long words = (long)Program.Units * Count * Program.StateSize / sizeof(ulong), bits = 0;
        for (long i = 0; i < words; i++) bits += BitOperations.PopCount(mine[i] ^ its[i]);
        GC.KeepAlive(other);
        GC.KeepAlive(this);
        // All bits of a whole number differ, and 7 of those of 1 and 0 as floats.
        int each = Program.Form switch { LaneForm.Bytes => 8, LaneForm.Shorts => 16, _ => 7 };
        return (double)bits / each / ((double)Program.Units * Count);
    }

    /// <summary>From now on the states with an energy below this are noted.</summary>
    public void Watch(double below)
    {
        BestEnergy = below;
        BestAt = (-1, 0);
    }

    /// <summary>Begins new sums of energies.</summary>
    public void ClearSums()
    {
        Reference = Energies[0];
        Sums = default;
    }

    /// <summary>Goes on with sums that were begun elsewhere.</summary>
    public void RestoreSums(double reference, (double Sum, double Squares, long Terms) sums) => (Reference, Sums) = (reference, sums);

    /// <summary>What is done after each sweep: energies, their sums, the best state.</summary>
    /// <param name="sweep">Its number since <see cref="Watch"/>.</param>
    public void AfterSweep(int sweep)
    {
        double unit = Program.Step / 2, sum = 0, squares = 0, least = double.PositiveInfinity;
        int at = 0;
        for (int c = 0; c < Count; c++)
        {
            double energy = Energies[c] += unit * HalfSteps[c], d = energy - Reference;
            HalfSteps[c] = 0;
            sum += d;
            squares += d * d;
            if (energy < least) (least, at) = (energy, c);
        }
        Sums = (Sums.Sum + sum, Sums.Squares + squares, Sums.Terms + Count);
        if (least < BestEnergy - Program.Resolution)
        {
            BestEnergy = least;
            BestAt = (at, sweep);
            Get(at, Best);
        }
    }

    /// <summary>Energies from the states, by the definition in double precision.</summary>
    public void Recompute()
    {
        double* sums = stackalloc double[Count];
        new Span<double>(Energies).Fill(offset);
        HalfSteps.AsSpan().Clear();
        LaneLists lists = Program.Lists;
        int size = Program.StateSize;
        double half = Program.Form == LaneForm.Floats ? 0 : 0.5;
        foreach (LaneSegment segment in Program.Segments)
            for (int p = segment.First; p < segment.End; p++)
            {
                // Each pair is met from both of its ends.
                double bias = 2 * (lists.Constant(p) + (segment.IsHalf ? half : 0));
                for (int c = 0; c < Count; c++) sums[c] = bias;
                for (int k = lists.Starts[p]; k < lists.Starts[p + 1]; k++)
                {
                    double weight = lists.Weight(k);
                    // Of a dense energy these are many: no look at the form for each chain.
                    byte* states = States + (nint)lists.Neighbors[k] * size;
                    if (size == sizeof(sbyte)) for (int c = 0; c < Count; c++) sums[c] -= weight * ((sbyte*)states)[c];
                    else if (size == sizeof(short)) for (int c = 0; c < Count; c++) sums[c] -= weight * ((short*)states)[c];
                    else for (int c = 0; c < Count; c++) sums[c] += weight * ((float*)states)[c];
                }
                for (int c = 0; c < Count; c++)
                    if (IsOn(p, c)) Energies[c] += Program.Step / 2 * sums[c];
            }
        if (Program.Clauses is LaneClauses clauses)
            for (int c = 0; c < Count; c++) Energies[c] += Program.Step * clauses.Energy(this, c);
    }

    /// <summary>Chains whose mask byte is not 0 change places with the other group's.</summary>
    /// <param name="other">Of the same program.</param>
    /// <param name="mask">−1 or 0 for each chain.</param>
    [SkipLocalsInit]
    public void Exchange(ChainLanes other, ReadOnlySpan<sbyte> mask)
    {
        int size = Program.StateSize, line = Count * size;
        byte* wide = stackalloc byte[line];
        for (int c = 0; c < Count; c++)
        {
            for (int b = 0; b < size; b++) wide[c * size + b] = (byte)mask[c];
            if (mask[c] == 0) continue;
            (Energies[c], other.Energies[c]) = (other.Energies[c], Energies[c]);
            if (fields is not null && other.fields is not null) fields.Exchange(other.fields, c);
            else (fields ?? other.fields)?.Forget(c);
        }
        byte* mine = States, its = other.States;
        for (long left = Program.StateBytes; left > 0; left -= line, mine += line, its += line)
            for (int i = 0; i < line; i += Vector<byte>.Count)
            {
                Vector<byte> a = Vector.Load(mine + i), b = Vector.Load(its + i), change = (a ^ b) & Vector.Load(wide + i);
                (a ^ change).Store(mine + i);
                (b ^ change).Store(its + i);
            }
        GC.KeepAlive(this);
        GC.KeepAlive(other);
    }

    /// <summary>Whether the unit at a place is on in a chain.</summary>
    public bool IsOn(int place, int chain)
    {
        nint at = (nint)place * Count + chain;
        return Program.Form switch
        {
            LaneForm.Bytes => States[at] != 0,
            LaneForm.Shorts => ((short*)States)[at] != 0,
            _ => ((float*)States)[at] != 0,
        };
    }

    /// <summary>Sets the state of the unit at a place in a chain.</summary>
    public void Put(int place, int chain, bool on)
    {
        nint at = (nint)place * Count + chain;
        fields?.Forget(chain);
        Put(at, on);
        if (Program.Clauses is not null) Put(at + (nint)Program.Units * Count, !on);
    }

    void Put(nint at, bool on)
    {
        if (Program.Form == LaneForm.Bytes) ((sbyte*)States)[at] = on ? (sbyte)-1 : (sbyte)0;
        else if (Program.Form == LaneForm.Shorts) ((short*)States)[at] = on ? (short)-1 : (short)0;
        else ((float*)States)[at] = on ? 1 : 0;
    }
}
