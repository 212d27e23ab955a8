namespace Boltzmann.Searching;

/// <summary>
/// A number by which states are told apart: Fowler, Noll and Vo's, of 64 bits; two of a million states share one with a chance of 3·10⁻⁸.
/// </summary>
static class StateHash
{
    public static ulong Of(ReadOnlySpan<byte> state)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in state) hash = unchecked((hash ^ value) * 1099511628211);
        return hash;
    }
}
