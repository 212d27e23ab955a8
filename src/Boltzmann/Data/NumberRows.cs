namespace Boltzmann.Data;

/// <summary>Rows of numbers in memory, in single or double precision.</summary>
public sealed class NumberRows : Rows
{
    readonly float[]? singles;
    readonly double[]? doubles;
    readonly HostValues values;

    /// <summary>Rows over an array that is kept, not copied.</summary>
    /// <param name="values">[count × columns], row after row.</param>
    /// <param name="columns">Values per row, at least 1.</param>
    /// <exception cref="ArgumentException">The values do not divide into rows.</exception>
    public NumberRows(float[] values, int columns) : this(HostValues.Of(values), columns) => singles = values;

    /// <inheritdoc cref="NumberRows(float[], int)"/>
    public NumberRows(double[] values, int columns) : this(HostValues.Of(values), columns) => doubles = values;

    NumberRows(HostValues values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Count % columns != 0)
            throw new ArgumentException($"{values.Count} values do not divide into rows of {columns}", nameof(values));
        this.values = values;
        Columns = columns;
        Count = (int)(values.Count / columns);
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <summary>Whether single precision holds every value.</summary>
    internal bool IsSingle => singles is not null;

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        destination.Gather(values, indices);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        if (doubles is not null)
        {
            doubles.AsSpan(row * Columns, Columns).CopyTo(destination);
            return;
        }
        ReadOnlySpan<float> source = singles.AsSpan(row * Columns, Columns);
        for (int c = 0; c < source.Length; c++) destination[c] = source[c];
    }
}
