namespace Boltzmann.Data;

/// <summary>
/// Rows of one-hot blocks of one size, kept as a byte for each block: which of its categories is there. A batch that is gathered is dense.
/// </summary>
/// <param name="categories">[count × blocks], row after row, kept and not copied; each below the number of categories.</param>
/// <param name="blocks">Blocks of a row.</param>
/// <param name="width">Categories of a block.</param>
sealed class CategoryRows(byte[] categories, int blocks, int width) : Rows
{
    /// <summary>What a byte can tell apart.</summary>
    public const int MostCategories = 256;

    /// <inheritdoc/>
    public override int Count => categories.Length / blocks;

    /// <inheritdoc/>
    public override int Columns => blocks * width;

    /// <summary>What their reader did, in words.</summary>
    public string? Note { get; init; }

    internal override SparseOrigin? Origin => Note is null ? null : new(null, Note);

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        var row = new double[Columns];
        for (int r = 0; r < indices.Length; r++)
        {
            Set(indices[r], row, 1);
            destination.WriteRow(r, row);
            Set(indices[r], row, 0);
        }
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        destination.Clear();
        Set(row, destination, 1);
    }

    void Set(int row, Span<double> units, double value)
    {
        ReadOnlySpan<byte> own = categories.AsSpan(row * blocks, blocks);
        for (int b = 0; b < own.Length; b++) units[b * width + own[b]] = value;
    }
}
