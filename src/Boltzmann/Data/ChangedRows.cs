namespace Boltzmann.Data;

/// <summary>Other rows, changed value by value as they are read. By way of the host.</summary>
/// <param name="source">The rows as they are.</param>
/// <param name="change">What is done to each, in place.</param>
sealed class ChangedRows(Rows source, ChangedRows.Change change) : Rows
{
    /// <summary>Changes a row in place.</summary>
    public delegate void Change(Span<double> row);

    public override int Count => source.Count;

    public override int Columns => source.Columns;

    internal override SparseOrigin? Origin => source.Origin;

    /// <summary>The data with every row changed, all else as it was.</summary>
    public static Dataset Of(Dataset data, Change change) => data.With(new ChangedRows(data.Rows, change));

    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        var values = new double[checked(indices.Length * Columns)];
        for (int i = 0; i < indices.Length; i++) Read(indices[i], values.AsSpan(i * Columns, Columns));
        destination.WriteRows(0, indices.Length, values);
    }

    public override void Read(int row, Span<double> destination)
    {
        source.Read(row, destination);
        change(destination);
    }
}
