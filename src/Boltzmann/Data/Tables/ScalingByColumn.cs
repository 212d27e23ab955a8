using System.Buffers;
using System.Text.Json.Nodes;

namespace Boltzmann.Data;

/// <summary>A scale of its own for each column, and none for columns that are no numbers, such as one-hot ones.</summary>
/// <param name="Scales">One per column; null leaves the column as it is.</param>
public sealed record ScalingByColumn(IReadOnlyList<ColumnScale?> Scales) : Scaling
{
    /// <inheritdoc/>
    public override int Columns => Scales.Count;

    /// <inheritdoc/>
    public override void Transform(Matrix batch) => Change(batch, Transform);

    // Scaled before they are rounded to the batch's precision: next to a tied value lie the scores of its whole interval, so that a number
    // which single precision moves a little would move by standard deviations.
    internal override void Gather(Rows source, ReadOnlySpan<int> indices, Matrix batch)
    {
        Check(batch.Columns);
        double[] rented = ArrayPool<double>.Shared.Rent(batch.Columns);
        Span<double> row = rented.AsSpan(0, batch.Columns);
        for (int i = 0; i < indices.Length; i++)
        {
            source.Read(indices[i], row);
            Transform(row);
            batch.WriteRow(i, row);
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public override void Inverse(Matrix batch) => Change(batch, Inverse);

    /// <inheritdoc/>
    public override void Transform(Span<double> row)
    {
        Check(row.Length);
        for (int c = 0; c < row.Length; c++)
            if (Scales[c] is ColumnScale scale) row[c] = scale.Transform(row[c]);
    }

    /// <summary>Whether both have the same scales.</summary>
    public bool Equals(ScalingByColumn? other) => other is not null && Scales.SequenceEqual(other.Scales);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Scales.Count, Scales.Count > 0 ? Scales[0] : null);

    /// <summary>Fits a scale to every column of numbers, by the values that are there.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="kind">What numbers go through.</param>
    /// <param name="typeOf">What each column holds: numbers and counts are scaled.</param>
    /// <exception cref="BadInputException">A number is too large; the message says which.</exception>
    internal static ScalingByColumn Fit(Dataset data, DataScale kind, Func<int, ColumnType> typeOf)
    {
        int[] numbers = [.. Enumerable.Range(0, data.Columns).Where(c => typeOf(c) is ColumnType.Real or ColumnType.Count)];
        var values = numbers.Select(_ => new List<double>(data.Count)).ToArray();
        var row = new double[data.Columns];
        for (int r = 0; r < data.Count; r++)
        {
            data.Rows.Read(r, row);
            for (int i = 0; i < numbers.Length; i++)
                if (!double.IsNaN(row[numbers[i]])) values[i].Add(row[numbers[i]]);
        }
        var scales = new ColumnScale?[data.Columns];
        for (int i = 0; i < numbers.Length; i++)
        {
            try
            {
                scales[numbers[i]] = values[i].Count == 0 ? null : ColumnScale.Fit(kind, typeOf(numbers[i]), [.. values[i]]);
            }
            catch (BadInputException e)
            {
                throw new BadInputException($"{data.Name}: column {NumberRange.Column(data, numbers[i])}: {e.Message}", e);
            }
        }
        return new(scales);
    }

    internal JsonArray ToJson() => new([.. Scales.Select(scale => scale?.ToJson())]);

    /// <summary>What <see cref="ToJson"/> wrote for so many columns; null if it is not that.</summary>
    internal static ScalingByColumn? Read(JsonNode? json, int columns)
    {
        if (json is not JsonArray array || array.Count != columns) return null;
        var scales = new ColumnScale?[columns];
        for (int c = 0; c < columns; c++)
            if (array[c] is JsonNode one && (scales[c] = ColumnScale.From(one)) is null) return null;
        return new(scales);
    }

    internal override bool Fits(int column, Precision precision) => Scales[column] is not AffineScale affine
        || precision != Precision.Float32 || (float.IsFinite((float)affine.Shift)
            && (float)affine.Scale is > 0 and < float.PositiveInfinity);

    void Inverse(Span<double> row)
    {
        for (int c = 0; c < row.Length; c++)
            if (Scales[c] is ColumnScale scale) row[c] = scale.Inverse(row[c]);
    }

    delegate void ChangeRow(Span<double> row);

    void Change(Matrix batch, ChangeRow change)
    {
        Check(batch.Columns);
        var row = new double[batch.Columns];
        for (int r = 0; r < batch.Rows; r++)
        {
            batch.ReadRow(r, row);
            change(row);
            batch.WriteRow(r, row);
        }
    }
}
