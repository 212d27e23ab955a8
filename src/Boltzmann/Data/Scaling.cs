namespace Boltzmann.Data;

/// <summary>An affine map per column, x ↦ (x − <see cref="Shift"/>)/<see cref="Scale"/>, with the statistics it was fitted to.</summary>
public abstract record Scaling
{
    Matrix? shift, scale;

    /// <summary>Subtracted from each column; one value per column.</summary>
    protected abstract double[] Shift { get; }

    /// <summary>Divides each column after that; positive.</summary>
    protected abstract double[] Scale { get; }

    /// <summary>Scales a batch in place.</summary>
    /// <exception cref="ArgumentException">The batch has another number of columns.</exception>
    public void Transform(Matrix batch)
    {
        var (shift, scale) = Place(batch);
        batch.SetSum(batch, 1, shift, -1);
        batch.SetScaled(batch, scale, -1);
    }

    /// <summary>Takes a batch back to the units of the data, in place: x ↦ x·scale + shift.</summary>
    /// <exception cref="ArgumentException">The batch has another number of columns.</exception>
    public void Inverse(Matrix batch)
    {
        var (shift, scale) = Place(batch);
        batch.SetScaled(batch, scale);
        batch.SetSum(batch, 1, shift);
    }

    /// <summary>Scales one row on the host, in place.</summary>
    public void Transform(Span<double> row)
    {
        Check(row.Length);
        for (int c = 0; c < row.Length; c++) row[c] = (row[c] - Shift[c]) / Scale[c];
    }

    /// <summary>The dataset in scaled units. Rows are scaled when they are gathered; nothing is copied.</summary>
    /// <exception cref="BadInputException">The dataset has another number of columns.</exception>
    public Dataset Transform(Dataset dataset)
    {
        if (dataset.Columns != Shift.Length)
            throw new BadInputException($"{dataset.Name} has {dataset.Columns} columns, but the scaling was fitted to {Shift.Length}");
        return dataset.With(new ScaledRows(dataset.Rows, this));
    }

    /// <summary>Whether a precision has room for what a column goes through: a scale that it rounds to 0 would divide by nothing.</summary>
    internal bool Fits(int column, Precision precision) =>
        precision != Precision.Float32 || (float.IsFinite((float)Shift[column])
            && (float)Scale[column] is > 0 and < float.PositiveInfinity);

    void Check(int columns)
    {
        if (columns != Shift.Length)
            throw new ArgumentException($"the scaling was fitted to {Shift.Length} columns, not {columns}", nameof(columns));
    }

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
