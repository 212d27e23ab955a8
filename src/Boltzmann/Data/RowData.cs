using System.Runtime.InteropServices;

namespace Boltzmann.Data;

/// <summary>
/// Rows in any of the forms that estimators take, converted by assignment: <c>double[,]</c>, <c>float[,]</c> and arrays of arrays, row
/// after row; the values of one row; a <see cref="Matrix"/>, or a <see cref="Boltzmann.Dataset"/>.
/// </summary>
public sealed class RowData
{
    RowData(Dataset dataset) => Dataset = dataset;

    /// <summary>The rows.</summary>
    public Dataset Dataset { get; }

    /// <summary>Rows of a dataset, whose labels matter where a model is judged by them.</summary>
    public static implicit operator RowData(Dataset dataset) => new(dataset ?? throw NoRows());

    /// <summary>Rows of an array, copied.</summary>
    /// <exception cref="BadInputException">There is no array, or it has no columns.</exception>
    public static implicit operator RowData(double[,] rows)
    {
        RequireColumns(rows);
        return new(new Dataset("the rows", new NumberRows(Values(rows), rows.GetLength(1))));
    }

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator RowData(float[,] rows)
    {
        RequireColumns(rows);
        return new(new Dataset("the rows", new NumberRows(Values(rows), rows.GetLength(1))));
    }

    /// <summary>Rows of an array of arrays, copied.</summary>
    /// <exception cref="BadInputException">There is no array, a row is missing, there are no columns, or rows differ in
    /// length.</exception>
    public static implicit operator RowData(float[][] rows) => new(new Dataset("the rows", new NumberRows(Values(rows), WidthOf(rows))));

    /// <inheritdoc cref="op_Implicit(float[][])"/>
    public static implicit operator RowData(double[][] rows) => new(new Dataset("the rows", new NumberRows(Values(rows), WidthOf(rows))));

    /// <summary>One row, copied.</summary>
    /// <exception cref="BadInputException">It has no columns.</exception>
    public static implicit operator RowData(ReadOnlySpan<float> row) => (float[][])[row.ToArray()];

    /// <summary>Rows of a matrix, not copied.</summary>
    public static implicit operator RowData(Matrix rows) => new(new Dataset("the rows", new MatrixRows(rows ?? throw NoRows())));

    static int WidthOf(Array[] rows) =>
        rows.Length > 0 && rows[0].Length > 0 ? rows[0].Length : throw new BadInputException("the rows have no columns");

    static T[] Values<T>(T[][] rows)
    {
        if (rows is null) throw NoRows();
        int missing = Array.FindIndex(rows, row => row is null);
        if (missing >= 0) throw new BadInputException($"the rows: row {missing + 1} is missing");
        for (int r = 1; r < rows.Length; r++)
            if (rows[r].Length != rows[0].Length)
                throw new BadInputException($"the rows: row {r + 1} has {rows[r].Length} columns, but row 1 has {rows[0].Length}");
        return [.. rows.SelectMany(row => row)];
    }

    // Row after row, which is how an array lies in memory; an empty one has no first value to refer to.
    static T[] Values<T>(T[,] rows) => rows.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref rows[0, 0], rows.Length).ToArray();

    static BadInputException NoRows() => new("the rows are missing: expected an array of them");

    static void RequireColumns(Array rows)
    {
        if (rows is null) throw NoRows();
        if (rows.GetLength(1) == 0) throw new BadInputException("the rows have no columns");
    }
}
