namespace Boltzmann;
/// <summary>Placeholder.</summary>
public static class CpuBackend
{
    /// <summary>Placeholder.</summary>
    public static Backend Shared => ReferenceBackend.Shared;
}
