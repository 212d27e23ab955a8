using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Boltzmann;

/// <content>Entries to and from the host, in double precision: rows, columns, and blocks of them, each in one call of the
/// backend.</content>
public sealed partial class Matrix
{
    /// <summary>Copies host values into one row, rounding to the matrix's precision.</summary>
    public void WriteRow(int row, ReadOnlySpan<double> values) => WriteRows(row, 1, values);

    /// <summary>Copies one row to the host.</summary>
    public void ReadRow(int row, Span<double> values) => ReadRows(row, 1, values);

    /// <summary>One row, on the host.</summary>
    public double[] ReadRow(int row)
    {
        var values = new double[Columns];
        ReadRow(row, values);
        return values;
    }

    /// <summary>Copies host values into successive rows, rounding to the matrix's precision.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="values">[count × columns], row after row.</param>
    public void WriteRows(int first, int count, ReadOnlySpan<double> values)
    {
        CheckRows(first, count, values.Length);
        Backend.Write(this, new(first, count, 0, Columns), values);
    }

    /// <summary>Copies successive rows to the host.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="values">[count × columns], row after row.</param>
    public void ReadRows(int first, int count, Span<double> values)
    {
        CheckRows(first, count, values.Length);
        Backend.Read(this, new(first, count, 0, Columns), values);
    }

    /// <summary>Copies host values into successive columns, rounding to the matrix's precision.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="count">How many.</param>
    /// <param name="values">[rows × count], row after row.</param>
    public void WriteColumns(int first, int count, ReadOnlySpan<double> values)
    {
        CheckColumns(first, count, values.Length);
        Backend.Write(this, new(0, Rows, first, count), values);
    }

    /// <summary>Copies successive columns to the host.</summary>
    /// <param name="first">The first column.</param>
    /// <param name="count">How many.</param>
    /// <param name="values">[rows × count], row after row.</param>
    public void ReadColumns(int first, int count, Span<double> values)
    {
        CheckColumns(first, count, values.Length);
        Backend.Read(this, new(0, Rows, first, count), values);
    }

    /// <summary>Copies host values into one column.</summary>
    public void WriteColumn(int column, ReadOnlySpan<double> values) => WriteColumns(column, 1, values);

    /// <summary>Copies one column to the host.</summary>
    public void ReadColumn(int column, Span<double> values) => ReadColumns(column, 1, values);

    /// <summary>One column, on the host.</summary>
    public double[] ReadColumn(int column)
    {
        var values = new double[Rows];
        ReadColumn(column, values);
        return values;
    }

    /// <summary>All entries, on the host.</summary>
    public double[,] ToArray()
    {
        var values = new double[Rows, Columns];
        ReadRows(0, Rows, Flat(values));
        return values;
    }

    static Span<double> Flat(double[,] values) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);

    void CheckRows(int first, int count, int length)
    {
        if (count == 1 && (uint)first >= (uint)Rows)
            throw new ArgumentOutOfRangeException(nameof(first), $"row {first} is not inside a {Shape} matrix");
        if (first < 0 || count < 0 || first > Rows - count)
            throw new ArgumentOutOfRangeException(nameof(first), $"rows {first}..{(long)first + count} are not inside a {Shape} matrix");
        if (length == (long)count * Columns) return;
        throw new ArgumentException(count == 1
            ? $"a row of a {Shape} matrix has {Columns} values, not {length}"
            : $"{count} rows of a {Shape} matrix have {(long)count * Columns} values, not {length}", nameof(length));
    }

    void CheckColumns(int first, int count, int length)
    {
        if (count == 1 && (uint)first >= (uint)Columns)
            throw new ArgumentOutOfRangeException(nameof(first), $"entry (0, {first}) is not inside a {Shape} matrix");
        if (first < 0 || count < 0 || first > Columns - count)
            throw new ArgumentOutOfRangeException(nameof(first), $"columns {first}..{(long)first + count} are not inside a {Shape} matrix");
        if (length != (long)count * Rows)
            throw new ArgumentException(
                $"{count} columns of a {Shape} matrix have {(long)count * Rows} values, not {length}", nameof(length));
    }
}
