using Parquet;
using Parquet.Schema;

namespace Boltzmann.Data;

/// <summary>A column of true and false: words, and 1 and 0 where numbers are asked for.</summary>
/// <param name="field">Its place in the schema.</param>
sealed class TruthColumn(DataField field) : ParquetColumn
{
    bool?[] values = [];

    public override bool IsNull(int row) => values[row] is null;

    public override string Text(int row) => values[row] switch { true => "true", false => "false", null => "" };

    public override ReadOnlySpan<byte> Utf8(int row) => values[row] switch { true => "true"u8, false => "false"u8, null => [] };

    public override bool TryNumber(int row, out double value)
    {
        value = values[row] == true ? 1 : 0;
        return values[row] is not null;
    }

    private protected override void LoadAll(ParquetRowGroupReader group, int rows) => values = Values<bool>(group, field, rows);
}
