using System.Runtime.InteropServices;

namespace Boltzmann;

/// <summary>Rows in any of the forms that estimators take, converted by assignment: <c>double[,]</c> and <c>float[,]</c>, one row each, or a <see cref="Boltzmann.Dataset"/>.</summary>
public sealed class RowData
{
    RowData(Dataset dataset) => Dataset = dataset;

    /// <summary>The rows.</summary>
    public Dataset Dataset { get; }

    /// <summary>Rows of a dataset, whose labels do not matter.</summary>
    public static implicit operator RowData(Dataset dataset) => new(dataset);

    /// <summary>Rows of an array, copied.</summary>
    /// <exception cref="BadInputException">There are no columns.</exception>
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

    // Row after row, which is how an array lies in memory; an empty one has no first value to refer to.
    static T[] Values<T>(T[,] rows) => rows.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref rows[0, 0], rows.Length).ToArray();

    static void RequireColumns(Array rows)
    {
        if (rows.GetLength(1) == 0) throw new BadInputException("the rows have no columns");
    }
}
