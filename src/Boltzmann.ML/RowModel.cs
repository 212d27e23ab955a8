using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>
/// What has been learned, as ML.NET asks it: a vector of single precision goes in, row by row and when it is wanted, and columns come out.
/// </summary>
public abstract class RowModel : Microsoft.ML.ITransformer
{
    readonly string input;

    private protected RowModel(string input, int width) => (this.input, Width) = (input, width);

    /// <summary>Values of a row, as many as were learned from.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        VectorColumn.Require(inputSchema, input, Width);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(inputSchema);
        foreach (AddedColumn column in Added) builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new AddedView(input, GetOutputSchema(input.Schema), this);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        new AddedMapper(inputSchema, GetOutputSchema(inputSchema), this);

    /// <summary>Refuses: ML.NET's archives hold its own components.</summary>
    /// <exception cref="NotSupportedException">Always; the message says what to do.</exception>
    public void Save(ModelSaveContext ctx) => throw new NotSupportedException("a Boltzmann machine is kept in a model file of its own: "
        + "Save(path) writes it and Load reads it; the other steps of the pipeline are saved by themselves");

    internal abstract IReadOnlyList<AddedColumn> Added { get; }

    /// <summary>The model's answer to a row.</summary>
    private protected abstract float[] Answer(float[] row);

    /// <summary>The column of the input that rows stand in.</summary>
    internal DataViewSchema.Column InputOf(DataViewSchema schema) => schema[input];

    /// <summary>What computes the answer to the row that a cursor stands at, once for all added columns.</summary>
    internal Func<float[]> AnswerTo(DataViewRow row)
    {
        ValueGetter<VBuffer<float>> getter = row.GetGetter<VBuffer<float>>(InputOf(row.Schema));
        VBuffer<float> values = default;
        float[]? answer = null;
        long at = -1;
        return () =>
        {
            // A row that is not of a cursor stays at 0 while its values change.
            if (answer is not null && row.Position == at && row is DataViewRowCursor) return answer;
            getter(ref values);
            at = row.Position;
            return answer = Answer([.. values.DenseValues()]);
        };
    }

    /// <summary>One row of a table that is computed, as rows of single precision.</summary>
    private protected static float[] Single(double[,] row)
    {
        var answer = new float[row.GetLength(1)];
        for (int c = 0; c < answer.Length; c++) answer[c] = (float)row[0, c];
        return answer;
    }

    /// <summary>A vector of the answer's values.</summary>
    private protected static Delegate Vector(Func<float[]> answer) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
    {
        float[] values = answer();
        value = new VBuffer<float>(values.Length, values);
    });
}
