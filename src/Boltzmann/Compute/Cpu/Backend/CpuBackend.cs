using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <summary>
/// Vector instructions and threads of this machine, in managed code. Every kernel is written once and compiled for the element type and the
/// vector width. Results have the same bits for any number of threads; between widths they differ by rounding.
/// </summary>
/// <param name="threads">Threads that share an operation; 0 for one per processor.</param>
/// <param name="vectorBits">512, 256 or 128; 0 for the widest that this processor runs well. A forced width it lacks runs in software:
/// slow, but right.</param>
/// <param name="skipZeros">
/// Whether products pass over zeros of sparse operands (pixels, sampled states). The sums keep their order, but for sampled states that
/// are sparse enough to be listed. A skipped zero also hides an infinity or NaN that it would have met in the other operand.
/// </param>
/// <param name="cores">How far apart the cores of the threads are, if it is not to be measured. Results do not depend on it.</param>
/// <exception cref="ArgumentOutOfRangeException">Negative threads, another width, or an undefined distance.</exception>
public sealed partial class CpuBackend(int threads = 0, int vectorBits = 0, bool skipZeros = true,
    CoreDistance cores = CoreDistance.Measured) : Backend
{
    /// <summary>All processors, the widest vectors, zeros skipped.</summary>
    public static CpuBackend Shared { get; } = new();

    /// <summary>Threads that share an operation, the calling one included.</summary>
    public int Threads => Team.Threads;

    /// <summary>Width of the vectors: 512, 256 or 128.</summary>
    public int VectorBits { get; } = vectorBits switch
    {
        0 => Math.Max(VectorWidth.Offered, 128),
        128 or 256 or 512 => vectorBits,
        _ => throw new ArgumentOutOfRangeException(nameof(vectorBits), $"vectors have 128, 256 or 512 bits, not {vectorBits}"),
    };

    /// <summary>
    /// One line if the processor has wider vectors than this program computes with and something can be done about it: what, and why; null
    /// otherwise.
    /// </summary>
    public static string? VectorShortfall() => VectorWidth.Shortfall();

    /// <summary>Whether products pass over zeros.</summary>
    public bool SkipZeros => skipZeros;

    /// <summary>
    /// How far apart the cores of the threads are now: near or far, as told or as last measured. Measured at once if that was never done,
    /// which takes a few milliseconds; near if the threads cannot find out, or where there is one.
    /// </summary>
    public CoreDistance Cores
    {
        get
        {
            Team.Settle();
            return Team.Distance;
        }
    }

    /// <inheritdoc/>
    public override string Name => $"cpu ({Threads} {(Threads == 1 ? "thread" : "threads")}, Vector{VectorBits})";

    internal WorkerTeam Team { get; } = new(threads == 0 ? Environment.ProcessorCount : threads, Checked(cores));

    /// <inheritdoc/>
    public override Storage Allocate(nuint bytes) => new HostStorage(bytes);

    /// <inheritdoc/>
    public override long LargestAllocation => HostStorage.Largest;

    static CoreDistance Checked(CoreDistance cores) => Enum.IsDefined(cores) ? cores
        : throw new ArgumentOutOfRangeException(nameof(cores), $"{cores} is not a distance of cores");
}
