using System.Runtime.CompilerServices;

namespace Boltzmann.Compute;

/// <summary>Zeroed, pinned managed memory of this machine: its address never moves.</summary>
public sealed class HostStorage : Storage
{
    /// <summary>
    /// The most bytes of one storage: less than the 2 GiB of an array of bytes, which holds a matrix and the way to its first line.
    /// </summary>
    public const long Largest = (long)(1.999 * (1 << 30));

    const int Alignment = 64;

    readonly nint address;
    byte[]? bytes;

    /// <summary>Allocates zeros.</summary>
    /// <param name="size">Bytes.</param>
    public unsafe HostStorage(nuint size)
    {
        bytes = GC.AllocateArray<byte>(checked((int)size + Alignment), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref bytes[0]);
        address = (start + Alignment - 1) & ~(nint)(Alignment - 1);
        Bytes = size;
    }

    /// <summary>Address of the first byte, a multiple of 64. It is valid while something refers to this storage.</summary>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(bytes is null, this);
            return address;
        }
    }

    /// <inheritdoc/>
    public override nuint Bytes { get; }

    /// <summary>Address of entry (0, 0) of a matrix that lives in this machine's memory.</summary>
    /// <exception cref="ArgumentException">It lives elsewhere.</exception>
    public static nint AddressOf(Matrix matrix) => matrix.Storage is HostStorage host
        ? host.Address + matrix.Offset
        : throw new ArgumentException($"{matrix} does not live in this machine's memory");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => bytes = null;
}
