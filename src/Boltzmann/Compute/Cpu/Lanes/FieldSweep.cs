using System.Numerics;
using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Sweeps chains whose fields are kept: 32 draws cost a comparison of vectors, and a flip the addition of a row. The draws, and for whole
/// numbers all states, are those of <see cref="NoiseSweep{TV, TO, TF, TFO}"/> bit for bit, which sums all neighbours anew.
/// </summary>
static unsafe class FieldSweep<TV, TO, TF, TFO> where TO : struct, ILanes<TV> where TFO : struct, IVec<TF, float>
{
    const int Lanes = LaneProgram.Lanes, Block = FieldRows.Block;

    /// <summary>Rows that are added at once while fields are made anew.</summary>
    const int Summed = 1024;

    /// <summary>Moves all units in all chains once.</summary>
    public static void Run(ChainLanes chains, ChainFields fields)
    {
        long flips = fields.Rows.EntrySize switch
        {
            sizeof(sbyte) => Sweep<ShortFields<TV, TO, sbyte>>(chains, fields),
            sizeof(short) => Sweep<ShortFields<TV, TO, short>>(chains, fields),
            _ => Sweep<FloatFields<TF, TFO>>(chains, fields),
        };
        fields.Swept(flips);
        GC.KeepAlive(chains);
        GC.KeepAlive(fields);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    static long Sweep<TE>(ChainLanes chains, ChainFields fields) where TE : struct, IFieldEntries
    {
        float* noise = stackalloc float[Block * Lanes + 16], turned = stackalloc float[Block * Lanes + 16];
        noise = (float*)((nint)noise + 63 & -64);
        turned = (float*)((nint)turned + 63 & -64);
        FieldRows rows = fields.Rows;
        int units = chains.Program.Units, size = rows.FieldSize, firstHalf = FirstHalf(chains.Program);
        nint rowBytes = (nint)rows.Stride * rows.EntrySize;
        double scale = 1 / (chains.Beta * chains.Program.Step);
        long flips = 0;
        Refresh<TE>(chains, fields, rowBytes);
        for (int first = 0; first < units; first += Block)
        {
            int count = Math.Min(Block, units - first), whole = Math.Clamp(firstHalf - first, 0, count);
            fixed (ulong* state = chains.Generator)
            {
                LaneNoise<TV, TO, TF, TFO>.Fill(state, noise, whole, scale, 0);
                LaneNoise<TV, TO, TF, TFO>.Fill(state, noise + whole * Lanes, count - whole, scale, 0.5);
            }
            TE.Turn(noise, (byte*)turned);
            uint inside = count == Block ? uint.MaxValue : (1u << count) - 1;
            for (int c = 0; c < Lanes; c++)
            {
                byte* all = fields.FieldsOf(c), own = all + (nint)first * size, draws = (byte*)turned + (nint)c * Block * size;
                uint* word = fields.BitsOf(c) + first / Block;
                uint next = TE.Above(draws, own), change = (next ^ *word) & inside;
                while (change != 0)
                {
                    int i = BitOperations.TrailingZeroCount(change);
                    nint place = first + i;
                    bool isOn = (next >> i & 1) != 0;
                    TE.Flip(chains, c, place, all, isOn, place >= firstHalf ? 1 : 0);
                    TE.Add(all, rows.Address + place * rowBytes, rows.Stride, isOn);
                    *word ^= 1u << i;
                    flips++;
                    // What was drawn before this unit stands; those behind it see the new fields.
                    next = TE.Above(draws, own);
                    change = (next ^ *word) & inside & ~(uint.MaxValue >> (Block - 1 - i));
                }
            }
        }
        return flips;
    }

    // The fields of chains that were moved by other means.
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    static void Refresh<TE>(ChainLanes chains, ChainFields fields, nint rowBytes) where TE : struct, IFieldEntries
    {
        int* on = stackalloc int[Summed + 1];
        int size = chains.Program.StateSize, stride = fields.Rows.Stride;
        byte* rows = fields.Rows.Address;
        for (ulong stale = fields.TakeStale(); stale != 0; stale &= stale - 1)
        {
            int c = BitOperations.TrailingZeroCount(stale), count = 0;
            fields.Clear(c);
            byte* own = fields.FieldsOf(c);
            uint* bits = fields.BitsOf(c);
            // The last byte of a state tells 1 from 0 as a float too. Half of the units are on, as no processor foresees: no branches.
            byte* state = chains.States + c * size + size - 1;
            for (int p = 0; p < chains.Program.Units; p++, state += Lanes * size)
            {
                int isOn = *state != 0 ? 1 : 0;
                bits[p / Block] |= (uint)isOn << p % Block;
                on[count] = p;
                count += isOn;
                if (count < Summed) continue;
                TE.AddAll(own, rows, rowBytes, on, count, stride);
                count = 0;
            }
            TE.AddAll(own, rows, rowBytes, on, count, stride);
        }
    }

    // Units whose biases are odd multiples of half a step come last.
    static int FirstHalf(LaneProgram program)
    {
        foreach (LaneSegment segment in program.Segments)
            if (segment.IsHalf) return segment.First;
        return program.Units;
    }
}
