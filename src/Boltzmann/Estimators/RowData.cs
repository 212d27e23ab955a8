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
        return new(new Dataset("the rows", new NumberRows(rows.Cast<double>().ToArray(), rows.GetLength(1))));
    }

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator RowData(float[,] rows)
    {
        RequireColumns(rows);
        return new(new Dataset("the rows", new NumberRows(rows.Cast<float>().ToArray(), rows.GetLength(1))));
    }

    static void RequireColumns(Array rows)
    {
        if (rows.GetLength(1) == 0) throw new BadInputException("the rows have no columns");
    }
}
