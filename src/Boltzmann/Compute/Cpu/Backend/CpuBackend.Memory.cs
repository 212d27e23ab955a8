namespace Boltzmann.Compute;

/// <content>Blocks in and out, and copies between precisions.</content>
public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public override void Write(Matrix destination, MatrixBlock block, ReadOnlySpan<double> values)
    {
        for (int r = 0; r < block.Rows; r++)
        {
            ReadOnlySpan<double> row = values.Slice(r * block.Columns, block.Columns);
            byte* to = At(destination, block.FirstRow + r, block.FirstColumn);
            if (destination.Precision == Precision.Float64) row.CopyTo(new(to, row.Length));
            else
                for (int c = 0; c < row.Length; c++) ((float*)to)[c] = (float)row[c];
        }
        GC.KeepAlive(destination);
    }

    /// <inheritdoc/>
    public override void Read(Matrix source, MatrixBlock block, Span<double> values)
    {
        for (int r = 0; r < block.Rows; r++)
        {
            Span<double> row = values.Slice(r * block.Columns, block.Columns);
            byte* from = At(source, block.FirstRow + r, block.FirstColumn);
            if (source.Precision == Precision.Float64) new ReadOnlySpan<double>(from, row.Length).CopyTo(row);
            else
                for (int c = 0; c < row.Length; c++) row[c] = ((float*)from)[c];
        }
        GC.KeepAlive(source);
    }

    /// <inheritdoc/>
    public override void Copy(Matrix destination, Matrix source)
    {
        for (int r = 0; r < source.Rows; r++) CopyRow(destination, r, source, r);
        GC.KeepAlive(destination);
        GC.KeepAlive(source);
    }

    /// <inheritdoc/>
    public override void CopyColumns(Matrix destination, Matrix source, int firstColumn)
    {
        nint bytes = (nint)destination.Columns * destination.Placement.ElementBytes;
        for (int r = 0; r < destination.Rows; r++) Buffer.MemoryCopy(At(source, r, firstColumn), At(destination, r, 0), bytes, bytes);
        GC.KeepAlive(destination);
        GC.KeepAlive(source);
    }

    /// <inheritdoc/>
    public override void PutColumns(Matrix destination, Matrix source, int firstColumn)
    {
        nint bytes = (nint)source.Columns * source.Placement.ElementBytes;
        for (int r = 0; r < source.Rows; r++) Buffer.MemoryCopy(At(source, r, 0), At(destination, r, firstColumn), bytes, bytes);
        GC.KeepAlive(destination);
        GC.KeepAlive(source);
    }

    /// <summary>A row of one matrix into a row of another, which may have the other precision.</summary>
    static void CopyRow(Matrix destination, int to, Matrix source, int from)
    {
        byte* target = At(destination, to, 0), start = At(source, from, 0);
        if (source.Precision == Precision.Float32) Widen((float*)start, target, destination.Precision, source.Columns);
        else Narrow((double*)start, target, destination.Precision, source.Columns);
    }

    static byte* At(Matrix matrix, int row, int column) =>
        (byte*)HostStorage.AddressOf(matrix) + ((nint)row * matrix.Stride + column) * matrix.Placement.ElementBytes;
}
