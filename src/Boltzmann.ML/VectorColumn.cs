using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>Columns of vectors, from whose rows machines learn.</summary>
static class VectorColumn
{
    /// <summary>Throws unless the column is there and holds vectors of single precision.</summary>
    /// <param name="schema">Of the data.</param>
    /// <param name="name">The column.</param>
    /// <param name="width">How many values there must be; null for any known number.</param>
    /// <exception cref="BadInputException">It does not.</exception>
    public static DataViewSchema.Column Require(DataViewSchema schema, string name, int? width = null)
    {
        if (schema.GetColumnOrNull(name) is not DataViewSchema.Column column)
            throw new BadInputException($"the data have no column '{name}': expected one of "
                + string.Join(", ", schema.Select(c => c.Name)));
        bool isVector = column.Type is VectorDataViewType { Size: > 0 } vector && vector.ItemType == NumberDataViewType.Single;
        if (!isVector) throw new BadInputException($"column '{name}' holds {column.Type}: expected a vector of Single of known length");
        int size = ((VectorDataViewType)column.Type).Size;
        return width is null || width == size ? column
            : throw new BadInputException($"column '{name}' has {size} values, but the model learned from {width}");
    }

    /// <summary>All rows of a column.</summary>
    /// <exception cref="BadInputException">There are none.</exception>
    public static float[][] Rows(IDataView data, DataViewSchema.Column column)
    {
        var rows = new List<float[]>();
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            getter(ref values);
            rows.Add([.. values.DenseValues()]);
        }
        return rows.Count > 0 ? [.. rows] : throw new BadInputException($"column '{column.Name}' has no rows");
    }
}
