namespace Boltzmann.Reporting;

/// <summary>How the tiles of a sheet are arranged.</summary>
public sealed record SheetLayout
{
    internal const int Widest = 590;
    const int LargestTile = 224, LeastTile = 28, LargestScale = 8;

    /// <summary>Tiles per row; when null, as many as make the sheet nearly square.</summary>
    public int? Columns { get; init; }

    /// <summary>Pixels between tiles and around the sheet, whatever the scale.</summary>
    public int Gap { get; init; } = 2;

    /// <summary>
    /// Side of the square that shows one value; when null, the largest that keeps the sheet within 590 pixels, which a report shows
    /// unshrunk, but tiles no larger than 224 pixels or 8 to a value, and small tiles no narrower than 28 pixels, however wide the sheet
    /// becomes.
    /// </summary>
    public int? Scale { get; init; }

    internal (int Columns, int Rows, int Scale) Arrange(int tiles, ImageShape shape)
    {
        if (tiles < 1) throw new ArgumentException("a sheet has at least one tile");
        if (shape.Width < 1 || shape.Height < 1)
            throw new ArgumentException($"a tile has at least one pixel, not {shape.Width} × {shape.Height}");
        if (Columns < 1) throw new ArgumentException($"a sheet has at least one tile per row, not {Columns}");
        if (Scale < 1) throw new ArgumentException($"a value takes at least one pixel, not {Scale}");
        if (Gap < 0) throw new ArgumentException($"a gap is not negative, but {Gap}");
        int columns = Math.Min(tiles, Columns ?? NearSquare(tiles, shape));
        int rows = (tiles + columns - 1) / columns;
        int most = Math.Max(LargestScale, LargestTile / Math.Max(shape.Width, shape.Height)),
            least = Math.Clamp(LeastTile / shape.Width, 1, most);
        return (columns, rows, Scale ?? Math.Clamp((((Widest - Gap) / columns) - Gap) / shape.Width, least, most));
    }

    // Among the counts that come close to a square, one that leaves no row unfinished wins.
    int NearSquare(int tiles, ImageShape shape)
    {
        double ideal = Math.Sqrt(tiles * (double)(shape.Height + Gap) / (shape.Width + Gap));
        int nearest = Math.Clamp((int)Math.Ceiling(ideal - 1e-9), 1, tiles);
        for (int columns = nearest; columns <= Math.Min(tiles, (int)(ideal * 1.7)); columns++)
            if (tiles % columns == 0) return columns;
        return nearest;
    }
}
