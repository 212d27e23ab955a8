namespace Boltzmann.Compute.Cpu;

/// <summary>A piece of work that splits into independent parts.</summary>
interface IJob
{
    /// <summary>Does part <paramref name="part"/>; called once for each part, on any thread of the team.</summary>
    void Execute(int part);
}
