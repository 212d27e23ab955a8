using Parquet;

namespace Boltzmann.Data;

/// <summary>A column of what is neither number nor text: it is not read.</summary>
sealed class NestedColumn : ParquetColumn
{
    public override bool IsNull(int row) => false;

    public override string? Text(int row) => null;

    public override ReadOnlySpan<byte> Utf8(int row) => [];

    public override bool TryNumber(int row, out double value)
    {
        value = 0;
        return false;
    }

    private protected override void LoadAll(ParquetRowGroupReader group, int rows) { }
}
