using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>A few words alone on their cache lines, which are fetched in pairs.</summary>
abstract unsafe class OwnLines
{
    const int Pair = 128;

    readonly byte[] memory = GC.AllocateArray<byte>(2 * Pair, pinned: true);

    protected OwnLines() => Words = (long*)((nint)Unsafe.AsPointer(ref memory[0]) + Pair - 1 & -Pair);

    /// <summary>Sixteen words, zero at first.</summary>
    protected long* Words { get; }
}
