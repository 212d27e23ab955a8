namespace Boltzmann;

/// <summary>A block of memory owned by a backend: host memory, or a device's. Freed when nothing refers to it.</summary>
public abstract class Storage
{
    /// <summary>Address of the first byte, a multiple of 64, valid where the backend computes.</summary>
    public abstract nint Address { get; }

    /// <summary>Size in bytes.</summary>
    public abstract nuint Bytes { get; }
}

/// <summary>Zeroed, pinned managed memory: nothing to dispose, and its address never moves.</summary>
public sealed class HostStorage : Storage
{
    const int Alignment = 64;

    readonly byte[] bytes;

    /// <summary>Allocates zeros.</summary>
    /// <param name="size">Bytes.</param>
    public unsafe HostStorage(nuint size)
    {
        bytes = GC.AllocateArray<byte>(checked((int)size + Alignment), pinned: true);
        nint start = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref bytes[0]);
        Address = (start + Alignment - 1) & ~(nint)(Alignment - 1);
        Bytes = size;
    }

    /// <inheritdoc/>
    public override nint Address { get; }

    /// <inheritdoc/>
    public override nuint Bytes { get; }
}
