using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace Boltzmann.Data;

/// <summary>A column of numbers.</summary>
/// <param name="field">Its place in the schema.</param>
sealed class NumberColumn<T>(DataField field) : ParquetColumn
    where T : struct, INumberBase<T>, IUtf8SpanFormattable
{
    const int Longest = 64;   // characters of any number

    readonly byte[] text = new byte[Longest];
    T?[] values = [];

    public override bool IsNumber => true;

    public override bool IsNull(int row) => values[row] is not T value || T.IsNaN(value);

    public override string Text(int row) => values[row] is T value ? value.ToString(null, CultureInfo.InvariantCulture) : "";

    public override ReadOnlySpan<byte> Utf8(int row) =>
        values[row] is T value && value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture)
            ? text.AsSpan(0, length) : [];

    public override bool TryNumber(int row, out double value)
    {
        value = values[row] is T own ? double.CreateSaturating(own) : double.NaN;
        return double.IsFinite(value);
    }

    private protected override void LoadAll(ParquetRowGroupReader group, int rows) => values = Values<T>(group, field, rows);
}
