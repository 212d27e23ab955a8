using System.Buffers;

namespace Boltzmann;

/// <summary>Rows of numbers in memory, in single or double precision.</summary>
public sealed class NumberRows : Rows
{
    readonly float[]? singles;
    readonly double[]? doubles;

    /// <summary>Rows over an array that is kept, not copied.</summary>
    /// <param name="values">[count × columns], row after row.</param>
    /// <param name="columns">Values per row, at least 1.</param>
    /// <exception cref="ArgumentException">The values do not divide into rows.</exception>
    public NumberRows(float[] values, int columns) : this(values.Length, columns) => singles = values;

    /// <inheritdoc cref="NumberRows(float[], int)"/>
    public NumberRows(double[] values, int columns) : this(values.Length, columns) => doubles = values;

    NumberRows(int values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values % columns != 0) throw new ArgumentException($"{values} values do not divide into rows of {columns}", nameof(values));
        Columns = columns;
        Count = values / columns;
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        if (doubles is not null)
        {
            for (int i = 0; i < indices.Length; i++) destination.WriteRow(i, doubles.AsSpan(indices[i] * Columns, Columns));
            return;
        }
        double[] row = ArrayPool<double>.Shared.Rent(Columns);
        for (int i = 0; i < indices.Length; i++)
        {
            Read(indices[i], row.AsSpan(0, Columns));
            destination.WriteRow(i, row.AsSpan(0, Columns));
        }
        ArrayPool<double>.Shared.Return(row);
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
