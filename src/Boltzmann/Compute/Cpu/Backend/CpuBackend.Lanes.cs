using System.Runtime.Intrinsics;
using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>Groups of chains that search.</content>
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    internal override void SweepLanes(ChainLanes[] groups, int sweeps)
    {
        var job = new LaneJob(groups, sweeps, VectorBits);
        Team.Run(ref job, groups.Length);
    }

    /// <inheritdoc/>
    internal override void RunParts(int parts, Action<int> part)
    {
        var job = new PartJob(part);
        Team.Run(ref job, parts);
    }

    readonly struct PartJob(Action<int> work) : IJob
    {
        public void Execute(int part) => work(part);
    }

    readonly struct LaneJob(ChainLanes[] groups, int sweeps, int vectorBits) : IJob
    {
        public void Execute(int part)
        {
            ChainLanes chains = groups[part];
            for (int sweep = 0; sweep < sweeps; sweep++)
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
}
