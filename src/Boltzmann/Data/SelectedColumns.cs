namespace Boltzmann.Data;

/// <summary>Some columns of other rows in a chosen order. By way of the host, a copy of each row.</summary>
/// <param name="source">The rows.</param>
/// <param name="places">For each column, where it stands in the source.</param>
sealed class SelectedColumns(Rows source, int[] places) : Rows
{
    /// <inheritdoc/>
    public override int Count => source.Count;

    /// <inheritdoc/>
    public override int Columns => places.Length;

    /// <inheritdoc/>
    public override double? ByteStep => source.ByteStep;

    internal override Rows WithFoundStep(double step) =>
        source.WithFoundStep(step) is var rows && ReferenceEquals(rows, source) ? this : new SelectedColumns(rows, places);

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        double[] whole = new double[source.Columns], row = new double[Columns];
        for (int i = 0; i < indices.Length; i++)
        {
            Read(indices[i], row, whole);
            destination.WriteRow(i, row);
        }
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        Read(row, destination, new double[source.Columns]);
    }

    void Read(int row, Span<double> destination, double[] whole)
    {
        source.Read(row, whole);
        for (int c = 0; c < destination.Length; c++) destination[c] = whole[places[c]];
    }
}
