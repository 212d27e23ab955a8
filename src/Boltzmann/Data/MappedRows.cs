using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Boltzmann;

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
        Scale = !format.IsByte ? 1 : scale ?? DefaultScale();
        bytes = format.IsByte ? new MappedBytes(this) : null;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <summary>What one step of a byte is worth; 1 for other numbers.</summary>
    public double Scale { get; }

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
            if (!double.IsFinite(destination[c])) throw new BadInputException($"{path}: row {row + 1}, column {c + 1} is {destination[c]}: expected a finite number");
            destination[c] *= Scale;
        }
    }

    // The first byte above 1 settles it, which in grey pictures comes early.
    unsafe double DefaultScale()
    {
        byte* source = Acquire();
        try
        {
            for (int r = 0; r < Count; r++)
                if (ArrayReader.DefaultScale(new ReadOnlySpan<byte>(source + (long)r * Columns, Columns)) != 1) return 1.0 / 255;
            return 1;
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
