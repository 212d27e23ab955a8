using System.Runtime.InteropServices;
using System.Text;

namespace Boltzmann.Data;

/// <summary>Writes matrices as NPY 1.0: [rows × columns], little-endian, float32 or float64, read by <c>numpy.load</c>.</summary>
public static class NpyWriter
{
    /// <summary>Writes one matrix in its own precision.</summary>
    /// <param name="path">Overwritten, in one step: a reader sees the old file or the whole new one.</param>
    /// <param name="matrix">[rows × columns].</param>
    public static void Write(string path, Matrix matrix) => Write(path, matrix.Rows, matrix.Columns, matrix.Precision, [matrix]);

    /// <summary>Writes batch after batch of a matrix that need not fit into memory.</summary>
    /// <param name="path">Overwritten, in one step, once all batches are written.</param>
    /// <param name="rows">Rows of all batches together.</param>
    /// <param name="columns">Columns of each batch.</param>
    /// <param name="precision">Width of the numbers written.</param>
    /// <param name="batches">May be one matrix that is filled anew each time.</param>
    /// <exception cref="ArgumentException">The batches have other columns, or together another number of rows; nothing is written
    /// then.</exception>
    public static void Write(string path, long rows, int columns, Precision precision, IEnumerable<Matrix> batches)
    {
        string part = path + ".part";
        try
        {
            using (FileStream file = File.Create(part, 1 << 16)) Write(file, rows, columns, precision, batches);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Writes batches to a stream.</summary>
    /// <inheritdoc cref="Write(string, long, int, Precision, IEnumerable{Matrix})"/>
    public static void Write(Stream stream, long rows, int columns, Precision precision, IEnumerable<Matrix> batches)
    {
        stream.Write(Header(rows, columns, precision));
        var row = new double[columns];
        float[] singles = precision == Precision.Float32 ? new float[columns] : [];
        long written = 0;
        foreach (Matrix batch in batches)
        {
            if (batch.Columns != columns)
                throw new ArgumentException($"a batch is {batch.Shape}, expected {columns} columns", nameof(batches));
            for (int r = 0; r < batch.Rows; r++, written++)
            {
                batch.ReadRow(r, row);
                for (int c = 0; c < singles.Length; c++) singles[c] = (float)row[c];
                stream.Write(precision == Precision.Float32 ? MemoryMarshal.AsBytes<float>(singles) : MemoryMarshal.AsBytes<double>(row));
            }
        }
        if (written != rows) throw new ArgumentException($"the batches have {written} rows together, expected {rows}", nameof(batches));
    }

    // Padded with blanks so that the numbers begin on a 64-byte line, as the format recommends. Every platform of .NET 10 is little-endian
    // but s390x, which gets its own byte order in the header.
    static byte[] Header(long rows, int columns, Precision precision)
    {
        char order = BitConverter.IsLittleEndian ? '<' : '>';
        string text = $"{{'descr': '{order}f{(precision == Precision.Float32 ? 4 : 8)}', 'fortran_order': False, 'shape': ({rows}, "
            + $"{columns}), }}";
        int length = (10 + text.Length + 1 + 63) / 64 * 64;
        byte[] header = [0x93, .. "NUMPY"u8, 1, 0, (byte)((length - 10) & 255), (byte)((length - 10) >> 8),
            .. Encoding.ASCII.GetBytes(text.PadRight(length - 11) + "\n")];
        return header;
    }
}
