using Microsoft.ML;

namespace Boltzmann.ML;

/// <summary>Data with the columns that a model adds; nothing is computed before it is asked for.</summary>
sealed class AddedView(IDataView source, DataViewSchema schema, RowModel model) : IDataView
{
    public DataViewSchema Schema => schema;

    public bool CanShuffle => source.CanShuffle;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new AddedCursor(source.GetRowCursor(AddedMapper.Needed(source.Schema, model, columnsNeeded), rand), schema, model);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [.. source.GetRowCursorSet(AddedMapper.Needed(source.Schema, model, columnsNeeded), n, rand)
            .Select(cursor => new AddedCursor(cursor, schema, model))];
}
