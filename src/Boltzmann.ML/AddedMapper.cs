using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>Adds a model's columns to single rows, as engines of prediction ask it to.</summary>
sealed class AddedMapper(DataViewSchema input, DataViewSchema output, RowModel model) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        Needed(input, model, dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new AddedRow(input, output, model);

    /// <summary>The columns of the source that others depend on.</summary>
    public static DataViewSchema.Column[] Needed(DataViewSchema source, RowModel model, IEnumerable<DataViewSchema.Column> columns) =>
        [.. columns.Select(column => column.Index < source.Count ? source[column.Index] : model.InputOf(source)).DistinctBy(c => c.Index)];
}
