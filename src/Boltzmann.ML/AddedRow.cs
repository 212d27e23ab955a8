using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>A row with the columns that a model adds behind its own.</summary>
sealed class AddedRow(DataViewRow row, DataViewSchema schema, RowModel model) : DataViewRow
{
    readonly Lazy<Func<float[]>> answer = new(() => model.AnswerTo(row));

    public override DataViewSchema Schema => schema;

    public override long Position => row.Position;

    public override long Batch => row.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index >= row.Schema.Count ? row.IsColumnActive(model.InputOf(row.Schema)) : row.IsColumnActive(row.Schema[column.Index]);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index < row.Schema.Count) return row.GetGetter<TValue>(row.Schema[column.Index]);
        AddedColumn added = model.Added[column.Index - row.Schema.Count];
        return added.Getter(answer.Value) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"column '{added.Name}' holds {added.Type}, not {typeof(TValue).Name}");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing) row.Dispose();
        base.Dispose(disposing);
    }
}
