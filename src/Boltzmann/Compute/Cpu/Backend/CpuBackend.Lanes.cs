using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>Groups of chains that search.</content>
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    internal override void SweepLanes(ChainLanes[] groups, int sweeps, Action<int>? swept = null)
    {
        if (groups.Length == 0 || sweeps == 0) return;
        var job = new LaneJob(groups, sweeps, VectorBits, Threads, swept);
        Team.Run(ref job, job.Parts);
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
}
