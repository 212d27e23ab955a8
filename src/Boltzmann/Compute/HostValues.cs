using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Boltzmann.Compute;

/// <summary>
/// Numbers in this machine's memory, row after row, of which batches are gathered: a data set. They do not change, so a device may keep a
/// copy, which it knows again by this object.
/// </summary>
/// <param name="format">How each number stands there.</param>
/// <param name="count">How many.</param>
public abstract class HostValues(HostFormat format, long count)
{
    /// <summary>How each number stands there.</summary>
    public HostFormat Format => format;

    /// <summary>How many.</summary>
    public long Count => count;

    /// <summary>The first byte, to be pinned while it is read.</summary>
    public abstract ref readonly byte First { get; }

    /// <summary>The bytes of an array, which is kept, not copied.</summary>
    public static HostValues Of(byte[] values) => new Array<byte>(HostFormat.Bytes, values);

    /// <summary>The numbers of an array, which is kept, not copied.</summary>
    public static HostValues Of(float[] values) => new Array<float>(HostFormat.Singles, values);

    /// <inheritdoc cref="Of(float[])"/>
    public static HostValues Of(double[] values) => new Array<double>(HostFormat.Doubles, values);

    sealed class Array<T>(HostFormat format, T[] values) : HostValues(format, values.LongLength) where T : unmanaged
    {
        public override ref readonly byte First => ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(values));
    }
}
