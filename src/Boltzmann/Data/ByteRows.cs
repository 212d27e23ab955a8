namespace Boltzmann.Data;

/// <summary>Rows of bytes in memory, widened only when a batch needs them: value = byte · scale. Pixels cost a byte each.</summary>
public sealed class ByteRows : Rows
{
    readonly byte[] bytes;
    readonly HostValues values;

    /// <summary>Rows over an array that is kept, not copied.</summary>
    /// <param name="bytes">[count × columns], row after row.</param>
    /// <param name="columns">Values per row, at least 1.</param>
    /// <param name="scale">E.g. 1/255 to bring grey values to 0..1.</param>
    /// <exception cref="ArgumentException">The bytes do not divide into rows.</exception>
    public ByteRows(byte[] bytes, int columns, double scale = 1.0 / 255)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (bytes.Length % columns != 0)
            throw new ArgumentException($"{bytes.Length} bytes do not divide into rows of {columns}", nameof(bytes));
        this.bytes = bytes;
        values = HostValues.Of(bytes);
        Columns = columns;
        Count = bytes.Length / columns;
        Scale = scale;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <summary>What one step of a byte is worth.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override double? ByteStep => Scale;

    /// <summary>Whether nobody has stated the scale, and the bytes have settled it.</summary>
    internal bool IsScaleFound { get; init; }

    internal override Rows WithFoundStep(double step) => IsScaleFound ? new ByteRows(bytes, Columns, step) : this;

    /// <summary>The bytes of one row.</summary>
    public ReadOnlySpan<byte> this[int row] => bytes.AsSpan(checked(row * Columns), Columns);

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        destination.Gather(values, indices, Scale);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        ReadOnlySpan<byte> source = this[row];
        for (int c = 0; c < source.Length; c++) destination[c] = source[c] * Scale;
    }
}
