using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Boltzmann.Compute.Cpu;

/// <summary>The part of a sweep of bytes that cannot be saved, by itself: the states of all neighbours, and of clauses of three, loaded
/// and added.</summary>
static unsafe class LaneLoads
{
    /// <summary>Goes through all units several times.</summary>
    public static void Run(ChainLanes chains, int sweeps, int vectorBits)
    {
        if (vectorBits == 512) Run<Vector512<sbyte>, Lanes512>(chains, sweeps);
        else if (vectorBits == 256) Run<Vector256<sbyte>, Lanes256>(chains, sweeps);
        else Run<Vector128<sbyte>, Lanes128>(chains, sweeps);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    static void Run<TV, TO>(ChainLanes chains, int sweeps) where TO : struct, ILanes<TV>
    {
        sbyte* sink = stackalloc sbyte[LaneProgram.Lanes];
        LaneLists lists = chains.Program.Lists;
        sbyte* x = (sbyte*)chains.States;
        bool isPair = TO.Count < LaneProgram.Lanes;
        int units = chains.Program.Units, pitch = isPair ? 2 * TO.Count : TO.Count;
        LaneClauses? clauses = chains.Program.Clauses;
        fixed (int* starts = lists.Starts, neighbors = lists.Neighbors, pairStarts = clauses?.Starts, pairs = clauses?.Pairs)
            for (int sweep = 0; sweep < sweeps; sweep++)
                for (int c = 0; c < LaneProgram.Lanes; c += pitch)
                {
                    sbyte* from = x + c;
                    int* neighbor = neighbors, pair = pairs;
                    for (int p = 0; p < units; p++)
                    {
                        TV a = TO.Zero, b = a;
                        for (int* to = neighbors + starts[p + 1]; neighbor < to; neighbor++)
                        {
                            sbyte* other = from + *neighbor;
                            a = TO.Minus(a, other);
                            if (isPair) b = TO.Minus(b, other + TO.Count);
                        }
                        for (int* to = clauses is null ? pair : pairs + 2 * (nint)pairStarts[p + 1]; pair < to; pair += 2)
                        {
                            sbyte* one = from + pair[0], other = from + pair[1];
                            a = TO.PlusBoth(a, one, other);
                            if (isPair) b = TO.PlusBoth(b, one + TO.Count, other + TO.Count);
                        }
                        TO.Store(a, sink + c);
                        if (isPair) TO.Store(b, sink + c + TO.Count);
                    }
                }
        GC.KeepAlive(chains);
    }
}
