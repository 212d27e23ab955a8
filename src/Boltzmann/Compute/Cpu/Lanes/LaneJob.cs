using System.Runtime.Intrinsics;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Sweeps of groups, cut so that all threads end together (McNaughton 1959): the sweeps of all groups, one after another, are cut into
/// equal lengths, one for each thread. A group across a cut is moved by two threads: first by the one behind the cut, which begins with it,
/// then by the one before the cut, which ends with it.
/// </summary>
readonly struct LaneJob : IJob
{
    // Who has begun with a group across a cut, and that its first sweeps are done.
    const int Begun = 1, Halfway = 2;

    readonly ChainLanes[] groups;
    readonly int sweeps, vectorBits, threads, pieces;
    readonly Action<int>? swept;

    public LaneJob(ChainLanes[] groups, int sweeps, int vectorBits, int threads, Action<int>? swept)
    {
        (this.groups, this.sweeps, this.vectorBits, this.swept) = (groups, sweeps, vectorBits, swept);
        // A group's own sweeps follow each other.
        this.threads = Math.Min(threads, groups.Length);
        for (int t = 0; t < this.threads; t++)
        {
            pieces = Math.Max(pieces, (int)((Cut(t + 1) - 1) / sweeps - Cut(t) / sweeps) + 1);
            groups[(int)(Cut(t) / sweeps)].Turn = 0;
        }
    }

    /// <summary>As many for each thread, some of them empty.</summary>
    public int Parts => threads * pieces;

    public void Execute(int part)
    {
        long from = Cut(part / pieces), to = Cut(part / pieces + 1), first = (from / sweeps + part % pieces) * sweeps;
        if (first >= to) return;
        ChainLanes chains = groups[first / sweeps];
        if (first < from) Begin(chains, (int)(first + sweeps - from));
        else if (first + sweeps > to) End(chains, (int)(first + sweeps - to));
        else Sweep(chains, 0, sweeps);
        if (first >= from) swept?.Invoke((int)(first / sweeps));
    }

    long Cut(int thread) => (long)groups.Length * sweeps * thread / threads;

    // The first sweeps, unless the other thread came first and does them all.
    void Begin(ChainLanes chains, int count)
    {
        if (Interlocked.CompareExchange(ref chains.Turn, Begun, 0) != 0) return;
        try
        {
            Sweep(chains, 0, count);
        }
        finally
        {
            Volatile.Write(ref chains.Turn, Halfway);
        }
    }

    void End(ChainLanes chains, int count)
    {
        if (Interlocked.CompareExchange(ref chains.Turn, Begun, 0) == 0)
        {
            Sweep(chains, 0, sweeps);
            return;
        }
        var wait = new SpinWait();
        while (Volatile.Read(ref chains.Turn) != Halfway) wait.SpinOnce(sleep1Threshold: -1);
        Sweep(chains, count, sweeps);
    }

    void Sweep(ChainLanes chains, int from, int to)
    {
        for (int sweep = from; sweep < to; sweep++)
        {
            if (vectorBits == 512) Sweep<Vector512<sbyte>, Lanes512, Vector512<float>, Single512>(chains);
            else if (vectorBits == 256) Sweep<Vector256<sbyte>, Lanes256, Vector256<float>, Single256>(chains);
            else Sweep<Vector128<sbyte>, Lanes128, Vector128<float>, Single128>(chains);
            chains.AfterSweep(sweep);
        }
    }

    static void Sweep<TV, TO, TF, TFO>(ChainLanes chains) where TO : struct, ILanes<TV> where TFO : struct, IVec<TF, float>
    {
        ChainFields? fields = chains.Fields;
        if (fields is not null && fields.AreWanted())
        {
            FieldSweep<TV, TO, TF, TFO>.Run(chains, fields);
            return;
        }
        fields?.Note(chains);
        for (int s = 0; s < chains.Program.Segments.Length; s++)
        {
            LaneSegment segment = chains.Program.Segments[s];
            if (segment.IsBlocks) BlockSweep<TV, TO, TF, TFO>.Run(chains);
            else if (chains.Program.Form == LaneForm.Bytes && !segment.IsWide)
            {
                if (chains.Program.Clauses is null) ByteSweep<TV, TO>.Run(chains, s);
                else ClauseSweep<TV, TO>.Run(chains, s);
            }
            else NoiseSweep<TV, TO, TF, TFO>.Run(chains, segment);
        }
        fields?.Compare(chains);
    }
}
