namespace Boltzmann.Tests.Reporting;

public class ImageSheetTests
{
    static readonly SheetLayout Plain = new() { Gap = 0, Scale = 1 };

    [Fact]
    public void Grey_tiles_stand_row_by_row_with_gaps_around()
    {
        PixelImage sheet = ImageSheet.Grey([[0, 1], [1, 0], [1, 1]], new ImageShape(2, 1),
            layout: new() { Columns = 2, Gap = 1, Scale = 1 });
        const byte G = 48;
        Assert.Equal((7, 5), (sheet.Width, sheet.Height));
        Assert.Equal(
            [
                G, G, G, G, G, G, G,
                G, 0, 255, G, 255, 0, G,
                G, G, G, G, G, G, G,
                G, 255, 255, G, G, G, G,
                G, G, G, G, G, G, G,
            ], sheet.Pixels);
    }

    [Fact]
    public void A_scale_draws_every_value_as_a_square()
    {
        PixelImage sheet = ImageSheet.Grey([[0, 1]], new ImageShape(2, 1), layout: new() { Gap = 0, Scale = 2 });
        Assert.Equal([0, 0, 255, 255, 0, 0, 255, 255], sheet.Pixels);
    }

    [Fact]
    public void Values_outside_the_range_take_its_ends_and_missing_values_a_tone_of_their_own()
    {
        PixelImage sheet = ImageSheet.Grey([[-5, 5, double.NaN, double.PositiveInfinity, double.NegativeInfinity]], new ImageShape(5, 1),
            layout: Plain);
        Assert.Equal([0, 255, 110, 255, 0], sheet.Pixels);
    }

    [Fact]
    public void A_tile_range_shows_weak_tiles_as_strongly_as_strong_ones_and_a_common_range_does_not()
    {
        double[][] tiles = [[0, 1], [0, 100]];
        Assert.Equal([0, 255, 0, 255], ImageSheet.Grey(tiles, new(2, 1), TileRange.PerTile(1), Plain with { Columns = 2 }).Pixels);
        Assert.Equal([0, 3, 0, 255], ImageSheet.Grey(tiles, new(2, 1), TileRange.Common(1), Plain with { Columns = 2 }).Pixels);
    }

    [Fact]
    public void A_robust_range_ignores_a_few_outliers()
    {
        double[] tile = [.. Enumerable.Range(0, 1000).Select(i => i < 999 ? i % 2 : 1e6)];
        PixelImage sheet = ImageSheet.Grey([tile], new(100, 10), TileRange.Common(0.99), Plain);
        Assert.Equal(255, sheet.Pixels[1]);
        Assert.Equal(255, sheet.Pixels[999]);
        Assert.Equal(0, sheet.Pixels[0]);
    }

    [Fact]
    public void Constant_and_missing_tiles_are_drawn_without_failing()
    {
        foreach (TileRange range in (TileRange[])[TileRange.Common(), TileRange.PerTile(), TileRange.Unit])
        {
            Assert.Equal(4, ImageSheet.Grey([[3, 3, 3, 3]], new(2, 2), range, Plain).Pixels.Length);
            Assert.InRange(ImageSheet.Grey([[1e200, 1e200, 1e200, 1e200]], new(2, 2), TileRange.Common(), Plain).Pixels[0], 127, 128);
            Assert.Equal(12, ImageSheet.Signed([[double.NaN, double.NaN, 0, 0]], new(2, 2), range, Plain).Pixels.Length);
        }
    }

    [Fact]
    public void Signed_colours_are_blue_below_white_at_and_red_above_zero()
    {
        byte[] pixels = ImageSheet.Signed([[-1, 0, 1]], new ImageShape(3, 1), TileRange.Common(1), Plain).Pixels;
        Assert.True(pixels[2] > pixels[0] && pixels[2] > pixels[1]);
        Assert.Equal([247, 247, 247], pixels[3..6]);
        Assert.True(pixels[6] > pixels[7] && pixels[6] > pixels[8]);
    }

    [Fact]
    public void Filters_are_the_columns_of_the_weights_strongest_first_with_zero_in_mid_grey()
    {
        Matrix weights = Matrix.From(new double[,] { { 0.5, -3 }, { 0, 0 } });
        PixelImage sheet = ImageSheet.Filters(weights, new ImageShape(1, 2), layout: Plain with { Columns = 2 });
        Assert.Equal([0, 255, 128, 128], sheet.Pixels);
        Assert.Equal((1, 2), (ImageSheet.Filters(weights, new(1, 2), most: 1, layout: Plain).Width, sheet.Height));
        Assert.Equal(3, ImageSheet.Filters(weights, new(1, 2), signed: true).Channels);
    }

    [Fact]
    public void Pairs_stand_one_above_the_other_and_the_last_row_may_be_short()
    {
        PixelImage sheet = ImageSheet.Pairs([[0], [1], [0]], [[1], [0], [1]], new ImageShape(1, 1), layout: Plain with { Columns = 2 });
        Assert.Equal([0, 255, 255, 0, 0, 48, 255, 48], sheet.Pixels);
        Assert.Throws<ArgumentException>(() => ImageSheet.Pairs([[0]], [], new ImageShape(1, 1)));
    }

    [Fact]
    public void Twenty_pairs_of_digits_fill_two_rows_of_ten()
    {
        double[][] digits = [.. Enumerable.Repeat(new double[784], 20)];
        PixelImage sheet = ImageSheet.Pairs(digits, digits, new ImageShape(28, 28));
        Assert.Equal(((10 * 58) + 2, (4 * 58) + 8), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void A_passage_shows_data_hidden_units_and_reconstruction_at_one_height()
    {
        PixelImage passage = ImageSheet.Passage(new double[784], new double[2500], new double[784], new ImageShape(28, 28));
        Assert.Equal((224 + 200 + 224 + 24, 224), (passage.Width, passage.Height));
    }

    [Fact]
    public void Hidden_spins_of_a_passage_take_the_scale_that_is_theirs()
    {
        PixelImage spins = ImageSheet.Passage([0], [-1, 0, 1, 1], [0], new ImageShape(1, 1), height: 2,
            hiddenRange: TileRange.Fixed(-1, 1));
        Assert.Equal([0, 128, 255, 255], Hidden(spins));
        Assert.Equal([0, 0, 255, 255], Hidden(ImageSheet.Passage([0], [-1, 0, 1, 1], [0], new ImageShape(1, 1), height: 2)));

        // Between a part two pixels wide and a gap of twelve.
        static byte[] Hidden(PixelImage passage) =>
            [.. Enumerable.Range(0, 2).SelectMany(y => passage.Pixels.AsSpan(y * passage.Width + 14, 2).ToArray())];
    }

    [Theory]
    [InlineData(1, 224 + 4), InlineData(4, 2 * 224 + 6), InlineData(16, 4 * 144 + 10), InlineData(100, 10 * 56 + 22),
        InlineData(400, 20 * 28 + 42), InlineData(10_000, 100 * 28 + 202)]
    public void Small_tiles_are_enlarged_to_be_seen(int tiles, int width)
    {
        PixelImage sheet = ImageSheet.Grey([.. Enumerable.Repeat(new double[16], tiles)], new ImageShape(4, 4));
        Assert.Equal((width, width), (sheet.Width, sheet.Height));
    }

    [Theory, InlineData(1), InlineData(4), InlineData(20), InlineData(100), InlineData(400), InlineData(10_000)]
    public void Sheets_of_digits_have_eight_pixels_to_a_value_at_most_and_one_at_least(int tiles)
    {
        double[][] digits = [.. Enumerable.Range(0,
            tiles).Select(t => Enumerable.Range(0, 784).Select(i => (i * 7 + t) % 10 / 9.0).ToArray())];
        PixelImage sheet = ImageSheet.Grey(digits, new ImageShape(28, 28));
        int columns = Enumerable.Range(1, tiles).First(c => sheet.Width == 2 + c * (28 * Scale(c) + 2));
        Assert.Equal(ImageSheet.Grey(digits, new ImageShape(28, 28), layout: new() { Columns = columns, Scale = Scale(columns) }).Pixels,
            sheet.Pixels);

        static int Scale(int columns) => Math.Clamp((588 / columns - 2) / 28, 1, 8);
    }

    [Fact]
    public void A_narrow_tile_is_not_enlarged_beyond_what_its_height_allows()
    {
        PixelImage sheet = ImageSheet.Grey([new double[16]], new ImageShape(1, 16));
        Assert.Equal((14 + 4, 224 + 4), (sheet.Width, sheet.Height));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(500, 25, 20)]
    [InlineData(2500, 50, 50)]
    [InlineData(1024, 32, 32)]
    [InlineData(101, 11, 10)]
    public void Hidden_units_fill_a_nearly_square_tile(int units, int width, int height) =>
        Assert.Equal(new ImageShape(width, height), ImageSheet.NearSquare(units));

    [Fact]
    public void A_sheet_of_hidden_activations_has_a_tile_per_example()
    {
        PixelImage sheet = ImageSheet.Activations(new Matrix(4, 9), new() { Gap = 1, Scale = 1 });
        Assert.Equal((9, 9), (sheet.Width, sheet.Height));
    }

    [Theory]
    [InlineData(1, 1, 16, 16)]
    [InlineData(10, 20, 320, 160)]
    [InlineData(59, 590, 590, 59)]
    [InlineData(1200, 7, 7, 590)]
    public void A_heat_map_has_a_size_that_fits_a_page(int rows, int columns, int width, int height)
    {
        PixelImage map = ImageSheet.HeatMap(new Matrix(rows, columns));
        Assert.Equal((width, height), (map.Width, map.Height));
    }

    [Fact]
    public void A_heat_map_of_a_large_table_averages_neighbours()
    {
        Matrix values = Matrix.From(new double[,] { { 1, 3, -2, -2 } });
        PixelImage map = ImageSheet.HeatMap(values, TileRange.Fixed(-2, 2), signed: true, most: 2);
        Assert.Equal([.. ColorMap.Diverging.Color(1), .. ColorMap.Diverging.Color(0)], map.Pixels);
    }

    [Fact]
    public void Impossible_sheets_are_refused_with_their_numbers()
    {
        Assert.Throws<ArgumentException>(() => ImageSheet.Grey([], new ImageShape(2, 2)));
        Assert.Throws<ArgumentException>(() => ImageSheet.HeatMap(new Matrix(0, 3)));
        Assert.Throws<ArgumentException>(() => TileRange.Fixed(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TileRange.Common(0.2));
        var error = Assert.Throws<ArgumentException>(() => ImageSheet.Grey([[1, 2, 3]], new ImageShape(1, 2)));
        Assert.Equal("tile 0 has 3 values, but a tile is 1 × 2", error.Message);
    }
}
