namespace Boltzmann.Compute.Cpu;

/// <summary>A piece of work that splits into independent parts.</summary>
interface IJob
{
    /// <summary>Does part <paramref name="part"/>; called once for each part, on any thread of the team.</summary>
    void Execute(int part);
}

/// <summary>Threads that stay, to run the parts of a job together. Placeholder: runs them in turn.</summary>
sealed class WorkerTeam(int threads)
{
    public int Threads => threads;

    /// <summary>Runs all parts and returns when the last is done. Allocates nothing.</summary>
#pragma warning disable CA1822
    public void Run<TJob>(ref TJob job, int parts) where TJob : struct, IJob
    {
        for (int part = 0; part < parts; part++) job.Execute(part);
    }
}
