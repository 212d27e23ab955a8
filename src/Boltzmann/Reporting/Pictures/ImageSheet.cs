namespace Boltzmann.Reporting;

/// <summary>Sheets of small pictures: data, filters, particles, reconstructions, hidden activations. Numbers in, pictures out.</summary>
/// <remarks>
/// A tile is a row of numbers of an <see cref="ImageShape"/>. A tile that is shorter than its shape (hidden units that fill no rectangle)
/// ends in background.
/// </remarks>
public static class ImageSheet
{
    /// <summary>Background of grey sheets: distinct from the black of pixels and the white of ink.</summary>
    const byte Background = 48;

    /// <summary>Tiles in grey: white is high. For data, particles and probabilities.</summary>
    /// <param name="tiles">At least one row of values, none longer than the shape.</param>
    /// <param name="shape">Width and height of a tile.</param>
    /// <param name="range">What is black and what is white; 0 and 1 when null.</param>
    /// <param name="layout">Tiles per row, gaps and scale; a nearly square sheet when null.</param>
    /// <exception cref="ArgumentException">There is no tile, or one has more values than the shape.</exception>
    public static PixelImage Grey(IReadOnlyList<double[]> tiles, ImageShape shape, TileRange? range = null, SheetLayout? layout = null) =>
        Draw(tiles, shape, ColorMap.Grey, range ?? TileRange.Unit, symmetric: false, Background, layout ?? new());

    /// <summary>The rows of a matrix as grey tiles.</summary>
    /// <inheritdoc cref="Grey(IReadOnlyList{double[]}, ImageShape, TileRange?, SheetLayout?)"/>
    public static PixelImage Grey(Matrix tiles, ImageShape shape, TileRange? range = null, SheetLayout? layout = null) =>
        Grey(RowsOf(tiles), shape, range, layout);

    /// <summary>Tiles with a sign: blue below zero, white at zero, red above. For weights.</summary>
    /// <param name="tiles">At least one row of values, none longer than the shape.</param>
    /// <param name="shape">Width and height of a tile.</param>
    /// <param name="range">The ends, made symmetric about zero; of each tile by itself when null.</param>
    /// <param name="layout">Tiles per row, gaps and scale; a nearly square sheet when null.</param>
    /// <exception cref="ArgumentException">There is no tile, or one has more values than the shape.</exception>
    public static PixelImage Signed(IReadOnlyList<double[]> tiles, ImageShape shape, TileRange? range = null, SheetLayout? layout = null) =>
        Draw(tiles, shape, ColorMap.Diverging, range ?? TileRange.PerTile(), symmetric: true, 255, layout ?? new());

    /// <summary>
    /// What hidden units look for, one tile each: the columns of weights [V × H], in grey, each with a range of its own symmetric about
    /// zero (mid-grey). The strongest units, by the length of their columns, come first.
    /// </summary>
    /// <param name="weights">[visible × hidden].</param>
    /// <param name="shape">Width and height of the visible layer.</param>
    /// <param name="most">Tiles at most.</param>
    /// <param name="signed">Colours instead of grey: blue for negative and red for positive weights.</param>
    /// <param name="layout">Tiles per row, gaps and scale; a nearly square sheet when null.</param>
    /// <exception cref="ArgumentException">The shape does not hold the visible units, or there is no hidden unit.</exception>
    public static PixelImage Filters(Matrix weights, ImageShape shape, int most = 100, bool signed = false, SheetLayout? layout = null)
    {
        List<double[]> strongest = [.. ColumnsOf(weights).OrderByDescending(w => w.Sum(x => x * x)).Take(most)];
        return signed
            ? Signed(strongest, shape, TileRange.PerTile(0.99), layout)
            : Draw(strongest, shape, ColorMap.Grey, TileRange.PerTile(0.99), symmetric: true, Background, layout ?? new());
    }

    /// <summary>Data above, what the model makes of it below: pairs of grey tiles that share a column.</summary>
    /// <param name="data">At least one row of values.</param>
    /// <param name="reconstructions">As many rows as the data.</param>
    /// <param name="shape">Width and height of a tile.</param>
    /// <param name="range">What is black and what is white; 0 and 1 when null.</param>
    /// <param name="layout">Pairs per row, gaps and scale; when null, about twice as many pairs per row as rows of pairs.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, there is none, or a tile does not fit the shape.</exception>
    public static PixelImage Pairs(
        IReadOnlyList<double[]> data, IReadOnlyList<double[]> reconstructions, ImageShape shape, TileRange? range = null,
            SheetLayout? layout = null)
    {
        if (data.Count != reconstructions.Count)
            throw new ArgumentException($"{data.Count} rows of data cannot be paired with {reconstructions.Count} reconstructions");
        layout ??= new();
        (int columns, _, int scale) = layout.Arrange(data.Count, new(shape.Width, shape.Height * 2));
        layout = layout with { Columns = columns, Scale = scale };
        (double, double) ends = (range ?? TileRange.Unit).Ends(data.SelectMany(t => t), symmetric: false);
        TileRange common = TileRange.Fixed(ends.Item1, ends.Item2);
        var bands = new List<PixelImage>();
        for (int first = 0; first < data.Count; first += columns)
        {
            double[][] band = [.. data.Skip(first).Take(columns),
                .. Enumerable.Repeat<double[]>([], Math.Max(0, columns - (data.Count - first))),
                .. reconstructions.Skip(first).Take(columns)];
            bands.Add(Draw(band, shape, ColorMap.Grey, common, symmetric: false, Background, layout));
        }
        return PixelImage.Stacked(bands, gap: 2 * layout.Gap, Background);
    }

    /// <summary>One example's way through a model: the data, its hidden units as a nearly square tile, the reconstruction.</summary>
    /// <param name="data">Values of the shape.</param>
    /// <param name="hidden">States or means of the hidden units.</param>
    /// <param name="reconstruction">Values of the shape.</param>
    /// <param name="shape">Width and height of the visible layer.</param>
    /// <param name="height">Pixels the picture is high, about: each part is enlarged by a whole number.</param>
    /// <param name="range">What is black and what is white of data and reconstruction; 0 and 1 when null.</param>
    /// <param name="hiddenRange">The same of the hidden units: -1 and 1 for spins; 0 and 1 when null.</param>
    public static PixelImage Passage(double[] data, double[] hidden, double[] reconstruction, ImageShape shape, int height = 224,
        TileRange? range = null, TileRange? hiddenRange = null)
    {
        PixelImage[] parts = [Part(data, shape, range), Part(hidden, NearSquare(hidden.Length), hiddenRange),
            Part(reconstruction, shape, range)];
        return PixelImage.Beside(parts, gap: 12, Background);

        PixelImage Part(double[] values, ImageShape part, TileRange? range) =>
            Grey([values], part, range, layout: new() { Gap = 0, Scale = Math.Max(1, (int)Math.Round((double)height / part.Height)) });
    }

    /// <summary>Hidden activations, an example a tile: every unit one pixel of a nearly square tile, black at 0 and white at 1.</summary>
    /// <param name="activations">[examples × hidden].</param>
    /// <param name="layout">Tiles per row, gaps and scale; a nearly square sheet when null.</param>
    public static PixelImage Activations(Matrix activations, SheetLayout? layout = null) =>
        Grey(activations, NearSquare(activations.Columns), TileRange.Unit, layout);

    /// <summary>
    /// A table of numbers as one picture, an entry a cell: activations [examples × hidden], or weights where there is no image shape.
    /// </summary>
    /// <param name="values">[rows × columns], at least one of each.</param>
    /// <param name="range">The ends of the scale; when null, 0 to 1 for one-sided and measured for two-sided colours.</param>
    /// <param name="signed">Two-sided colours about zero instead of a scale from dark to light.</param>
    /// <param name="most">Pixels per side at most: small tables get larger cells, in large ones neighbours are averaged.</param>
    public static PixelImage HeatMap(Matrix values, TileRange? range = null, bool signed = false, int most = SheetLayout.Widest)
    {
        if (values.Rows < 1 || values.Columns < 1) throw new ArgumentException($"a heat map of {values.Shape} has no cell");
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        int width = Math.Min(values.Columns, most), height = Math.Min(values.Rows, most);
        double[] cells = Averaged(values, width, height);
        int scale = Math.Clamp(most / Math.Max(width, height), 1, 16);
        return Draw([cells], new(width, height), signed ? ColorMap.Diverging : ColorMap.Sequential,
            range ?? (signed ? TileRange.Common() : TileRange.Unit), symmetric: signed, Background, new() { Gap = 0, Scale = scale });
    }

    /// <summary>
    /// The shape nearest to a square that holds some units, if possible with none left over: 500 is 25 × 20, 101 is 11 × 10.
    /// </summary>
    public static ImageShape NearSquare(int units)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        int side = (int)Math.Ceiling(Math.Sqrt(units));
        for (int width = side; width <= side * 3 / 2; width++)
            if (units % width == 0) return new(width, units / width);
        return new(side, (units + side - 1) / side);
    }

    /// <summary>The first rows of a matrix, on the host.</summary>
    public static IReadOnlyList<double[]> RowsOf(Matrix matrix, int most = int.MaxValue) =>
        [.. Enumerable.Range(0, Math.Min(most, matrix.Rows)).Select(matrix.ReadRow)];

    /// <summary>The first columns of a matrix, on the host: the filters of weights [visible × hidden].</summary>
    public static IReadOnlyList<double[]> ColumnsOf(Matrix matrix, int most = int.MaxValue)
    {
        double[][] columns = [.. Enumerable.Range(0, Math.Min(most, matrix.Columns)).Select(_ => new double[matrix.Rows])];
        var row = new double[matrix.Columns];
        for (int r = 0; r < matrix.Rows; r++)
        {
            matrix.ReadRow(r, row);
            for (int c = 0; c < columns.Length; c++) columns[c][r] = row[c];
        }
        return columns;
    }

    static PixelImage Draw(
        IReadOnlyList<double[]> tiles, ImageShape shape, ColorMap colors, TileRange range, bool symmetric, byte background,
            SheetLayout layout)
    {
        (int columns, int rows, int scale) = layout.Arrange(tiles.Count, shape);
        int stepX = checked((shape.Width * scale) + layout.Gap), stepY = checked((shape.Height * scale) + layout.Gap);
        var sheet = new PixelImage(checked((columns * stepX) + layout.Gap), checked((rows * stepY) + layout.Gap), colors.Channels);
        sheet.Pixels.AsSpan().Fill(background);
        (double low, double high) = range.IsPerTile ? default : range.Ends(tiles.SelectMany(t => t), symmetric);
        for (int t = 0; t < tiles.Count; t++)
        {
            double[] tile = tiles[t];
            if (tile.Length > (long)shape.Width * shape.Height)
                throw new ArgumentException($"tile {t} has {tile.Length} values, but a tile is {shape.Width} × {shape.Height}");
            if (range.IsPerTile) (low, high) = range.Ends(tile, symmetric);
            int left = layout.Gap + (t % columns * stepX), top = layout.Gap + (t / columns * stepY);
            for (int i = 0; i < tile.Length; i++)
            {
                ReadOnlySpan<byte> color = colors.Color((tile[i] - low) / (high - low));
                FillSquare(sheet, left + (i % shape.Width * scale), top + (i / shape.Width * scale), scale, color);
            }
        }
        return sheet;
    }

    static void FillSquare(PixelImage image, int left, int top, int side, ReadOnlySpan<byte> color)
    {
        for (int y = top; y < top + side; y++)
            for (int x = left; x < left + side; x++)
                color.CopyTo(image.Pixels.AsSpan(((y * image.Width) + x) * image.Channels));
    }

    static double[] Averaged(Matrix values, int width, int height)
    {
        var sums = new double[width * height];
        var counts = new int[width * height];
        var row = new double[values.Columns];
        for (int r = 0; r < values.Rows; r++)
        {
            values.ReadRow(r, row);
            int line = (int)((long)r * height / values.Rows) * width;
            for (int c = 0; c < row.Length; c++)
            {
                int cell = line + (int)((long)c * width / values.Columns);
                sums[cell] += row[c];
                counts[cell]++;
            }
        }
        for (int cell = 0; cell < sums.Length; cell++) sums[cell] /= counts[cell];
        return sums;
    }
}
