using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>Goes through rows as <see cref="AddedRow"/>.</summary>
sealed class AddedCursor(DataViewRowCursor source, DataViewSchema schema, RowModel model) : DataViewRowCursor
{
    readonly AddedRow row = new(source, schema, model);

    public override DataViewSchema Schema => schema;

    public override long Position => source.Position;

    public override long Batch => source.Batch;

    public override bool MoveNext() => source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing) row.Dispose();
        base.Dispose(disposing);
    }
}
