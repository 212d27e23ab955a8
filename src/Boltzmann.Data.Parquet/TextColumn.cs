using System.Text;
using Parquet;
using Parquet.Schema;

namespace Boltzmann.Data;

/// <summary>A column of texts, which are words even where they look like numbers.</summary>
/// <param name="field">Its place in the schema.</param>
sealed class TextColumn(DataField field) : ParquetColumn
{
    string?[] values = [];
    byte[] utf8 = new byte[64];

    public override bool IsNull(int row) => values[row] is null;

    public override string Text(int row) => values[row] ?? "";

    public override ReadOnlySpan<byte> Utf8(int row)
    {
        if (values[row] is not string text) return [];
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > utf8.Length) utf8 = new byte[most];
        return utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8));
    }

    public override bool TryNumber(int row, out double value)
    {
        value = 0;
        return false;
    }

    private protected override void LoadAll(ParquetRowGroupReader group, int rows)
    {
        values = new string?[rows];
        group.ReadAsync(field, values!).AsTask().GetAwaiter().GetResult();
    }
}
