using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Boltzmann.Data;

/// <summary>A column of values that are written as texts: dates, times, identifiers.</summary>
/// <param name="field">Its place in the schema.</param>
/// <param name="format">How they are written.</param>
sealed class FormattedColumn<T>(DataField field, string format) : ParquetColumn
    where T : struct, IFormattable
{
    T?[] values = [];

    public override bool IsNull(int row) => values[row] is null;

    public override string Text(int row) => values[row]?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    public override ReadOnlySpan<byte> Utf8(int row) => Encoding.UTF8.GetBytes(Text(row));

    public override bool TryNumber(int row, out double value)
    {
        value = 0;
        return false;
    }

    private protected override void LoadAll(ParquetRowGroupReader group, int rows) => values = Values<T>(group, field, rows);
}
