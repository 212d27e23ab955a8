namespace Boltzmann.Data;

/// <summary>An affine map per column, x ↦ (x − <see cref="Shift"/>)/<see cref="Scale"/>.</summary>
public abstract record AffineScaling : Scaling
{
    Matrix? shift, scale;

    /// <summary>Subtracted from each column; one value per column.</summary>
    protected abstract double[] Shift { get; }

    /// <summary>Divides each column after that; positive.</summary>
    protected abstract double[] Scale { get; }

    /// <inheritdoc/>
    public sealed override int Columns => Shift.Length;

    /// <inheritdoc/>
    public sealed override void Transform(Matrix batch)
    {
        var (shift, scale) = Place(batch);
        batch.SetSum(batch, 1, shift, -1);
        batch.SetScaled(batch, scale, -1);
    }

    /// <summary>x ↦ x·scale + shift.</summary>
    /// <inheritdoc/>
    public sealed override void Inverse(Matrix batch)
    {
        var (shift, scale) = Place(batch);
        batch.SetScaled(batch, scale);
        batch.SetSum(batch, 1, shift);
    }

    /// <inheritdoc/>
    public sealed override void Transform(Span<double> row)
    {
        Check(row.Length);
        for (int c = 0; c < row.Length; c++) row[c] = (row[c] - Shift[c]) / Scale[c];
    }

    internal sealed override bool TakesEntries => true;

    internal sealed override bool KeepsZero => Array.TrueForAll(Shift, x => x == 0);

    internal sealed override void TransformEntries(ReadOnlySpan<int> columns, Span<double> values)
    {
        double[] shift = Shift, scale = Scale;
        for (int e = 0; e < columns.Length; e++) values[e] = (values[e] - shift[columns[e]]) / scale[columns[e]];
    }

    internal sealed override bool Fits(int column, Precision precision) =>
        precision != Precision.Float32 || (float.IsFinite((float)Shift[column])
            && (float)Scale[column] is > 0 and < float.PositiveInfinity);

    // The statistics as rows where the batch lives, kept for the next batch.
    (Matrix Shift, Matrix Scale) Place(Matrix batch)
    {
        Check(batch.Columns);
        Matrix? first = shift, second = scale;
        if (first is null || second is null || first.Placement != batch.Placement || second.Placement != batch.Placement)
        {
            shift = first = Matrix.Row(Shift, batch.Placement);
            scale = second = Matrix.Row(Scale, batch.Placement);
        }
        return (first, second);
    }
}
