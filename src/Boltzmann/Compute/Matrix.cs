using System.Diagnostics.CodeAnalysis;

namespace Boltzmann;

/// <summary>
/// A dense matrix, row-major, one example per row, in the memory of a <see cref="Backend"/>, with float32 or float64 entries.
/// Models and trainers are written once over it; the operations are in Matrix.Operations.cs.
/// </summary>
/// <remarks>
/// Rows start on 64-byte lines and are an odd number of lines apart, so that equal columns of successive rows do not fall into the same
/// cache sets (measured: a power-of-two stride costs up to 2×, docs/design-notes.md). The padding is always zero.
/// </remarks>
public sealed partial class Matrix
{
    const int LineBytes = 64;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rows">Number of rows, 0 or more.</param>
    /// <param name="columns">Number of columns, 0 or more.</param>
    /// <param name="placement">Backend and precision; <see cref="Placement.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="BadInputException">The entries take more than the backend has room for: nearly 2 GiB in this machine's
    /// memory.</exception>
    public Matrix(int rows, int columns, Placement? placement = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Placement = placement ?? Placement.Default;
        Rows = rows;
        Columns = columns;
        // Sizes come from those who ask for a layer, for chains or for rows: too many of them is their input, not a fault of this program.
        RequireMemory(columns);
        Stride = PaddedStride(columns, Placement.ElementBytes);
        RequireMemory(Stride);
        Storage = Backend.Allocate((nuint)rows * (nuint)Stride * (nuint)Placement.ElementBytes);

        void RequireMemory(int entries)
        {
            double bytes = (double)rows * entries * Placement.ElementBytes;
            if (bytes < Backend.LargestAllocation) return;
            string numbers = $"{rows} × {columns} numbers in {Placement.Precision.ToString().ToLowerInvariant()}";
            double takes = bytes / (1 << 30), most = (double)Backend.LargestAllocation / (1 << 30);
            throw new BadInputException($"a matrix of {numbers} takes {takes:N1} GiB, and it can have {most:0.###} GiB at most");
        }
    }

    Matrix(Matrix parent, int firstRow, int rows)
    {
        Placement = parent.Placement;
        Rows = rows;
        Columns = parent.Columns;
        Stride = parent.Stride;
        Storage = parent.Storage;
        Offset = parent.Offset + (nint)firstRow * Stride * Placement.ElementBytes;
    }

    /// <summary>Number of rows (examples, chains).</summary>
    public int Rows { get; }

    /// <summary>Number of columns (units).</summary>
    public int Columns { get; }

    /// <summary>Distance between the starts of successive rows, in entries.</summary>
    public int Stride { get; }

    /// <summary>Backend and precision.</summary>
    public Placement Placement { get; }

    /// <summary>The arithmetic that owns the memory.</summary>
    public Backend Backend => Placement.Backend;

    /// <summary>Width of the entries.</summary>
    public Precision Precision => Placement.Precision;

    /// <summary>The memory, shared by views.</summary>
    public Storage Storage { get; }

    /// <summary>Where entry (0, 0) is in the storage, in bytes.</summary>
    public nint Offset { get; }

    /// <summary>One entry, by way of the host: for small matrices, tests and edges.</summary>
    public double this[int row, int column]
    {
        get
        {
            CheckEntry(row, column);
            double value = 0;
            Backend.Read(this, new(row, 1, column, 1), new Span<double>(ref value));
            return value;
        }
        set
        {
            CheckEntry(row, column);
            Backend.Write(this, new(row, 1, column, 1), new ReadOnlySpan<double>(in value));
        }
    }

    /// <summary>A matrix of the given entries, [rows × columns].</summary>
    public static Matrix From(double[,] values, Placement? placement = null)
    {
        var matrix = new Matrix(values.GetLength(0), values.GetLength(1), placement);
        matrix.WriteRows(0, matrix.Rows, Flat(values));
        return matrix;
    }

    /// <summary>A [1 × n] matrix of the given entries.</summary>
    public static Matrix Row(ReadOnlySpan<double> values, Placement? placement = null)
    {
        var matrix = new Matrix(1, values.Length, placement);
        matrix.WriteRow(0, values);
        return matrix;
    }

    /// <summary>A [1 × n] matrix with the same entry everywhere.</summary>
    public static Matrix Row(int columns, double value, Placement? placement = null)
    {
        var values = new double[columns];
        Array.Fill(values, value);
        return Row(values, placement);
    }

    /// <summary>Matrices of as many rows, side by side; a single one as it is.</summary>
    /// <param name="parts">At least one, in the same place and precision.</param>
    public static Matrix Beside(IReadOnlyList<Matrix> parts)
    {
        if (parts.Count == 1) return parts[0];
        var joined = parts[0].Like(parts[0].Rows, parts.Sum(part => part.Columns));
        var values = new double[parts[0].Rows * parts.Max(part => part.Columns)];
        int first = 0;
        foreach (Matrix part in parts)
        {
            Span<double> block = values.AsSpan(0, part.Rows * part.Columns);
            part.ReadRows(0, part.Rows, block);
            joined.WriteColumns(first, part.Columns, block);
            first += part.Columns;
        }
        return joined;
    }

    /// <summary>Zeros of another shape in the same place and precision.</summary>
    public Matrix Like(int rows, int columns) => new(rows, columns, Placement);

    /// <summary>A copy with memory of its own, in another precision if asked.</summary>
    public Matrix Clone(Precision? precision = null)
    {
        var copy = new Matrix(Rows, Columns, Placement with { Precision = precision ?? Precision });
        copy.SetCopy(this);
        return copy;
    }

    /// <summary>Some rows and columns as a matrix of their own, by way of the host.</summary>
    /// <param name="rows">Numbers of rows.</param>
    /// <param name="columns">Numbers of columns.</param>
    public Matrix Part(IReadOnlyList<int> rows, IReadOnlyList<int> columns)
    {
        Matrix part = Like(rows.Count, columns.Count);
        double[] row = new double[Columns], chosen = new double[columns.Count];
        for (int r = 0; r < rows.Count; r++)
        {
            ReadRow(rows[r], row);
            for (int c = 0; c < chosen.Length; c++) chosen[c] = row[columns[c]];
            part.WriteRow(r, chosen);
        }
        return part;
    }

    /// <summary>A view of some rows that shares the memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all inside the matrix.</exception>
    public Matrix RowRange(int first, int count)
    {
        if (first < 0 || count < 0 || first > Rows - count)
            throw new ArgumentOutOfRangeException(nameof(count), $"rows {first}..{(long)first + count} are not inside a {Shape} matrix");
        return count == Rows ? this : new Matrix(this, first, count);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Shape} {Placement}";

    internal string Shape => $"[{Rows} × {Columns}]";

    internal static int PaddedStride(int columns, int elementBytes)
    {
        int lines = (int)(((long)columns * elementBytes + LineBytes - 1) / LineBytes);
        if (lines > 1) lines |= 1;
        return checked(Math.Max(lines, 1) * (LineBytes / elementBytes));
    }

    void CheckEntry(int row, int column)
    {
        if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
            throw new ArgumentOutOfRangeException(nameof(row), $"entry ({row}, {column}) is not inside a {Shape} matrix");
    }

    [DoesNotReturn]
    static void Fail(string message) => throw new ArgumentException(message);
}
