namespace Boltzmann.Data;

/// <summary>A map per column from the units of the data to those of a model, and back, with the statistics it was fitted to.</summary>
public abstract record Scaling
{
    /// <summary>The columns that it was fitted to.</summary>
    public abstract int Columns { get; }

    /// <summary>Scales a batch in place.</summary>
    /// <exception cref="ArgumentException">The batch has another number of columns.</exception>
    public abstract void Transform(Matrix batch);

    /// <summary>Rows scaled into a batch.</summary>
    internal virtual void Gather(Rows source, ReadOnlySpan<int> indices, Matrix batch)
    {
        source.Gather(indices, batch);
        Transform(batch);
    }

    /// <summary>Takes a batch back to the units of the data, in place.</summary>
    /// <exception cref="ArgumentException">The batch has another number of columns.</exception>
    public abstract void Inverse(Matrix batch);

    /// <summary>Scales one row on the host, in place. NaN stays NaN.</summary>
    public abstract void Transform(Span<double> row);

    /// <summary>Whether some entries of a row can be scaled without the others.</summary>
    internal virtual bool TakesEntries => false;

    /// <summary>Whether 0 stays 0 in every column.</summary>
    internal virtual bool KeepsZero => false;

    /// <summary>Scales some entries of a row in place, where <see cref="TakesEntries"/>.</summary>
    internal virtual void TransformEntries(ReadOnlySpan<int> columns, Span<double> values) =>
        throw new InvalidOperationException("this scaling takes whole rows");

    /// <summary>The dataset in scaled units. Rows are scaled when they are gathered; nothing is copied.</summary>
    /// <exception cref="BadInputException">The dataset has another number of columns.</exception>
    public Dataset Transform(Dataset dataset)
    {
        if (dataset.Columns != Columns)
            throw new BadInputException($"{dataset.Name} has {dataset.Columns} columns, but the scaling was fitted to {Columns}");
        return dataset.With(new ScaledRows(dataset.Rows, this));
    }

    /// <summary>Whether a precision has room for what a column goes through: a scale that it rounds to 0 would divide by nothing.</summary>
    internal abstract bool Fits(int column, Precision precision);

    /// <summary>Throws unless there are as many columns as it was fitted to.</summary>
    private protected void Check(int columns)
    {
        if (columns != Columns)
            throw new ArgumentException($"the scaling was fitted to {Columns} columns, not {columns}", nameof(columns));
    }
}
