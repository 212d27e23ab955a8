namespace Boltzmann;

/// <content>Rows in and out, copies between precisions, bytes widened into a batch.</content>
public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public override void WriteRow(Matrix destination, int row, ReadOnlySpan<double> values)
    {
        nint offset = (nint)row * destination.Stride;
        if (destination.Precision == Precision.Float64)
        {
            values.CopyTo(new((double*)destination.Address + offset, values.Length));
            return;
        }
        float* target = (float*)destination.Address + offset;
        for (int c = 0; c < values.Length; c++) target[c] = (float)values[c];
    }

    /// <inheritdoc/>
    public override void ReadRow(Matrix source, int row, Span<double> values)
    {
        nint offset = (nint)row * source.Stride;
        if (source.Precision == Precision.Float64)
        {
            new ReadOnlySpan<double>((double*)source.Address + offset, source.Columns).CopyTo(values);
            return;
        }
        float* from = (float*)source.Address + offset;
        for (int c = 0; c < source.Columns; c++) values[c] = from[c];
    }

    /// <inheritdoc/>
    public override void Copy(Matrix destination, Matrix source)
    {
        for (int r = 0; r < source.Rows; r++)
        {
            nint to = (nint)r * destination.Stride, from = (nint)r * source.Stride;
            int columns = source.Columns;
            if (destination.Precision == source.Precision)
            {
                nint bytes = source.Placement.ElementBytes;
                Buffer.MemoryCopy((byte*)source.Address + from * bytes, (byte*)destination.Address + to * bytes, columns * bytes, columns * bytes);
            }
            else if (destination.Precision == Precision.Float64)
                for (int c = 0; c < columns; c++) ((double*)destination.Address)[to + c] = ((float*)source.Address)[from + c];
            else
                for (int c = 0; c < columns; c++) ((float*)destination.Address)[to + c] = (float)((double*)source.Address)[from + c];
        }
    }

    /// <inheritdoc/>
    public override void CopyColumns(Matrix destination, Matrix source, int firstColumn)
    {
        nint width = destination.Placement.ElementBytes, bytes = destination.Columns * width;
        for (int r = 0; r < destination.Rows; r++)
            Buffer.MemoryCopy((byte*)source.Address + ((nint)r * source.Stride + firstColumn) * width, (byte*)destination.Address + (nint)r * destination.Stride * width, bytes, bytes);
        GC.KeepAlive(destination);
        GC.KeepAlive(source);
    }
}
