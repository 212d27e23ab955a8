namespace Boltzmann.Compute;

/// <summary>
/// A block of memory owned by a backend: of this machine (<see cref="HostStorage"/>), or of a device. A matrix is a storage and an offset
/// in it; only the backend that made a storage knows what stands behind it. It is freed when nothing refers to it, or at once when it is
/// disposed.
/// </summary>
public abstract class Storage : IDisposable
{
    /// <summary>Size in bytes.</summary>
    public abstract nuint Bytes { get; }

    /// <summary>Frees the memory now. No matrix in it may be used any more, nor by an operation under way on another thread.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory; called again, it does nothing.</summary>
    /// <param name="disposing">False where the collector asks, which is on a thread of its own.</param>
    protected abstract void Dispose(bool disposing);
}
