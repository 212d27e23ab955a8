using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Boltzmann.Data;

/// <summary>
/// Rows of an uncompressed IDX or NPY file that is mapped into memory: the operating system reads what a batch touches and forgets it
/// again, so data may be larger than memory. Unmapped when disposed or no longer referred to.
/// </summary>
public sealed class MappedRows : Rows, IDisposable
{
    readonly string path;
    readonly MemoryMappedFile file;
    readonly MemoryMappedViewAccessor view;
    readonly long offset;
    readonly ElementFormat format;
    readonly MappedBytes? bytes;
    readonly bool isScaleFound;

    internal MappedRows(string path, long offset, int count, int columns, ElementFormat format, double? scale)
    {
        this.path = path;
        this.offset = offset;
        this.format = format;
        Count = count;
        Columns = columns;
        try
        {
            file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: cannot be mapped ({e.Message})", e);
        }
        bool isScaled = format.IsByte && format.Kind != ElementKind.Boolean;
        Scale = isScaled ? scale ?? DefaultScale() : 1;
        isScaleFound = isScaled && scale is null;
        bytes = format.IsByte ? new MappedBytes(this) : null;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <summary>What one step of a byte is worth; 1 for other numbers.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override double? ByteStep => format.IsByte ? Scale : null;

    // A mapping of its own: it lasts as long as it is referred to, whatever becomes of this one.
    internal override Rows WithFoundStep(double step) =>
        isScaleFound ? new MappedRows(path, offset, Count, Columns, format, step) : this;

    /// <inheritdoc/>
    /// <exception cref="BadInputException">A number is not finite.</exception>
    public override unsafe void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        byte* source = Acquire();
        try
        {
            if (bytes is not null)
            {
                destination.Gather(bytes, indices, Scale);
                return;
            }
            int count = checked(indices.Length * Columns);
            double[] values = ArrayPool<double>.Shared.Rent(count);
            for (int i = 0; i < indices.Length; i++) Decode(source, indices[i], values.AsSpan(i * Columns, Columns));
            destination.WriteRows(0, indices.Length, values.AsSpan(0, count));
            ArrayPool<double>.Shared.Return(values);
        }
        finally
        {
            Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BadInputException">A number is not finite.</exception>
    public override unsafe void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        try
        {
            Decode(Acquire(), row, destination);
        }
        finally
        {
            Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }

    unsafe void Decode(byte* source, int row, Span<double> destination)
    {
        format.Decode(new ReadOnlySpan<byte>(source + (long)row * Columns * format.Bytes, checked(Columns * format.Bytes)), destination);
        for (int c = 0; c < destination.Length; c++)
        {
            if (!double.IsFinite(destination[c]))
                throw new BadInputException($"{path}: row {row + 1}, column {c + 1} is {destination[c]}: expected a finite number");
            destination[c] *= Scale;
        }
    }

    // The first byte that only grey values have settles it, which comes early.
    unsafe double DefaultScale()
    {
        byte* source = Acquire();
        try
        {
            byte greatest = 0;
            for (int r = 0; r < Count && greatest <= ArrayReader.MostCount; r++)
                greatest = Math.Max(greatest, ArrayReader.Greatest(new ReadOnlySpan<byte>(source + (long)r * Columns, Columns)));
            return ArrayReader.ScaleOf(greatest);
        }
        finally
        {
            Release();
        }
    }

    // Acquired for each use: the count keeps the view alive against a concurrent Dispose, and an abandoned view is still unmapped.
    unsafe byte* Acquire()
    {
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return start + view.PointerOffset + offset;
    }

    void Release() => view.SafeMemoryMappedViewHandle.ReleasePointer();

    /// <summary>The bytes of the file, which whoever gathers them has acquired.</summary>
    sealed class MappedBytes(MappedRows rows) : HostValues(HostFormat.Bytes, (long)rows.Count * rows.Columns)
    {
        public override unsafe ref readonly byte First
        {
            get
            {
                byte* start = rows.Acquire();
                rows.Release();
                return ref *start;
            }
        }
    }
}
