using Boltzmann.Searching;

namespace Boltzmann.Tests.Reporting;

/// <summary>Drawings as pixels: areas against formulas, colours against the drawings' own style sheet.</summary>
public sealed class SvgRasterTests
{
    static readonly (byte, byte, byte) blue = (0x24, 0x68, 0xb2), red = (0xc0, 0x36, 0x4f), pale = (0xe4, 0xe7, 0xeb),
        white = (255, 255, 255);

    static string Document(string parts, int side = 120) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\">{parts}</svg>";

    static (byte, byte, byte) At(PixelImage image, double x, double y)
    {
        int at = ((int)y * image.Width + (int)x) * 3;
        return (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }

    // Black on white: what is covered, in units of the drawing.
    static double Area(string parts)
    {
        PixelImage image = SvgRaster.Draw(Document(parts));
        return image.Pixels.Where((_, i) => i % 3 == 0).Sum(grey => 1 - grey / 255.0) / 4;
    }

    [Theory]
    [InlineData("<rect x=\"10.25\" y=\"20.5\" width=\"30.5\" height=\"40.25\"/>", 30.5 * 40.25)]
    [InlineData("<rect x=\"-10\" y=\"100\" width=\"30\" height=\"40\"/>", 20 * 20)]
    [InlineData("<circle cx=\"60\" cy=\"60\" r=\"40\"/>", Math.PI * 1600)]
    [InlineData("<rect x=\"10\" y=\"10\" width=\"60\" height=\"40\" rx=\"8\"/>", 60 * 40 - (4 - Math.PI) * 64)]
    [InlineData("<path d=\"M10 10Q60 110 110 10Z\"/>", 100 * 100 / 3.0)]
    [InlineData("<path d=\"m10,10h50v50h-50zm60 0l20 0 0 20\"/>", 50 * 50 + 20 * 20 / 2.0)]
    [InlineData("<path d=\"M10 10H90V90H10ZM30 30H50V50H30Z\"/>", 80 * 80)]
    [InlineData("<path d=\"M10 60C10 32.39 32.39 10 60 10C87.61 10 110 32.39 110 60"
        + "C110 87.61 87.61 110 60 110C32.39 110 10 87.61 10 60Z\"/>",
        Math.PI * 2500)]
    [InlineData("<line x1=\"10\" y1=\"10\" x2=\"90\" y2=\"70\" stroke=\"#000\" stroke-width=\"3\"/>", 100 * 3)]
    [InlineData("<line x1=\"10\" y1=\"10\" x2=\"90\" y2=\"70\" stroke=\"#000\" style=\"stroke-width:4;stroke-linecap:round\"/>",
        100 * 4 + Math.PI * 4)]
    [InlineData("<line x1=\"0\" y1=\"10\" x2=\"110\" y2=\"10\" stroke=\"#000\" stroke-dasharray=\"6 5\"/>", 60)]
    [InlineData("<rect x=\"10\" y=\"10\" width=\"50\" height=\"50\" fill=\"none\" stroke=\"#000\" stroke-width=\"2\"/>", 52 * 52 - 48 * 48)]
    [InlineData("<g transform=\"translate(10 100)\"><rect width=\"200\" height=\"50\" opacity=\"0.5\"/></g>", 110 * 20 / 2.0)]
    public void What_is_covered_has_the_area_of_the_shape(string parts, double area) =>
        // A corner of a polygon for a curve, an eighth of a pixel at an edge, and greys of whole numbers.
        Assert.InRange(Area(parts), area * 0.995 - 1, area * 1.005 + 1);

    [Fact]
    public void An_edge_takes_the_share_that_is_covered()
    {
        PixelImage image = SvgRaster.Draw(Document("<rect x=\"2.5\" y=\"2\" width=\"3\" height=\"3.25\"/>"), scale: 1);
        Assert.Equal((128, 0, 191), (At(image, 2, 3).Item1, At(image, 3, 3).Item1, At(image, 4, 5).Item1));
        Assert.Equal(white, At(image, 1, 3));
    }

    [Theory]
    [InlineData('\u202F')]
    [InlineData('α')]
    [InlineData('δ')]
    [InlineData('λ')]
    [InlineData('μ')]
    [InlineData('♯')]
    public void Signs_of_charts_are_no_empty_boxes(char sign) =>
        Assert.NotEqual(StrokeFont.Lines("□", 0, 0, 12).Select(line => line.Points.Count),
            StrokeFont.Lines(sign.ToString(), 0, 0, 12).Select(line => line.Points.Count));

    [Fact]
    public void A_picture_has_its_colours()
    {
        var picture = new PixelImage(2, 1, 3, [250, 10, 20, 0, 90, 200]);
        string place = "<image x=\"10\" y=\"10\" width=\"20\" height=\"40\" preserveAspectRatio=\"none\" ";
        PixelImage image = SvgRaster.Draw(Document($"{place}href=\"data:image/png;base64,"
            + $"{Convert.ToBase64String(Png.Encode(picture))}\"/>"), scale: 1);
        Assert.Equal(((250, 10, 20), (0, 90, 200), white), (At(image, 19, 49), At(image, 20, 10), At(image, 30, 30)));
        image = SvgRaster.Draw(Document($"{place}href=\"data:image/png;base64,"
            + $"{Convert.ToBase64String(Png.Encode(new(1, 1, 1, [77])))}\"/>"), scale: 1);
        Assert.Equal((77, 77, 77), At(image, 15, 15));
    }

    [Fact]
    public void What_overlaps_within_a_path_counts_once()
    {
        PixelImage image = SvgRaster.Draw(Document("<path d=\"M10 10L100 100L100 10L10 100\" fill=\"none\" stroke=\"#000\" opacity=\"0.5\" "
            + "stroke-width=\"8\"/>"));
        Assert.Equal((128, 128), (At(image, 110, 110).Item1, At(image, 60, 60).Item1));
    }

    [Fact]
    public void A_board_has_its_fields_and_queens_where_they_stand()
    {
        string svg = QueensDrawing.Svg([0, 2, 1], "three");
        PixelImage board = SvgRaster.Draw(svg);
        // The title is 28 high, the margin 2, a field 44; below the middle a crown is filled.
        (byte, byte, byte) Field(int row, int column, double down = 0) => At(board, 2 * (2 + 44 * (column + 0.5)),
            2 * (28 + 2 + 44 * (row + 0.5 + down)));
        Assert.Equal((blue, red, red), (Field(0, 0, 0.2), Field(1, 2, 0.2), Field(2, 1, 0.2)));
        Assert.Equal((pale, white, pale), (Field(0, 1), Field(0, 2), Field(1, 0)));
        Assert.Equal(2 * (3 * 44 + 4 + 28), board.Height);
    }

    [Fact]
    public void Every_drawing_and_chart_has_all_its_parts_in_pixels()
    {
        var graph = new ColouredGraph(["a", "b", "c", "d"], [(0, 1), (1, 2), (2, 3), (3, 0)]);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["two.cnf"], "p cnf 3 2\n1 -2 0\n2 3 0\n");
        ProblemClauses clauses = ProblemFile.Read(folder["two.cnf"], "cnf").Clauses!;
        BinaryEnergy Circle(int n)
        {
            var ring = new BinaryEnergyBuilder();
            ring.AddVariables(n);
            for (int v = 0; v < n; v++) ring.AddSpins(v, (v + 1) % n, 0.5);
            return ring.Build();
        }
        SearchResult searched = Search.Best(Circle(9), new Tempering(), new StopRule { Sweeps = 20 }, seed: 1);
        var objective = new SearchObjective("cut", IsMaximised: true);
        List<string> all = [
            QueensDrawing.Svg([.. Enumerable.Range(0, 50)], "dots"),
            SudokuDrawing.Svg(Sudoku.Parse("1... .... .... ...2"), [1, 2, 3, 4, 3, 4, 1, 2, 2, 1, 4, 3, 4, 3, 3, 2], "four"),
            ColouringDrawing.Svg(graph, [1, 2, 2, 3], "ring"), ColouringDrawing.Svg(graph, [1, 9, 7, 8], "many colours"),
            PartitionDrawing.Svg([3, 5, 8], [true, true, false], "even"),
            TourDrawing.Svg(RoundTrip.Between([(0, 0), (1, 0), (1, 1), (0, 1)], ["A", "Ö", "ß", "d"]), [0, 1, 2, 3], "square"),
            CleaningDrawing.Svg(2, 2, [("seen", [0, 1, 1, 0]), ("found", [0.0, 1, 1, 1])], "x"),
            CutDrawing.Svg(Circle(5), [0, 1, 0, 1, 1], "ring"), CutDrawing.Svg(Circle(60), [.. Enumerable.Repeat((byte)1, 60)], "table"),
            ClauseDrawing.Svg(clauses, [0, 0, 0], "clauses"),
            SearchCharts.Trace(searched, objective, "trace"), SearchCharts.Ladder(searched, objective, "ladder"),
            SearchCharts.Exchanges(searched, "exchanges"),
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Boltzmann.Tests", "Golden"), "chart-*.svg")
                .Select(File.ReadAllText)];
        Assert.Equal(19, all.Count);
        foreach (string svg in all)
        {
            PixelImage image = SvgRaster.Draw(svg, 1);
            Assert.True(image.Pixels.Any(p => p != 255), svg);
            Assert.True(image.Width >= 130 && image.Height >= 90, svg);
        }
    }

    [Theory]
    [InlineData("<ellipse cx=\"1\"/>"), InlineData("<rect width=\"3\" height=\"3\" mask=\"x\"/>")]
    [InlineData("<path d=\"M1 1A3 3 0 0 1 2 2\"/>"), InlineData("<path d=\"M1 x\"/>"), InlineData("<g transform=\"rotate(3)\"/>")]
    [InlineData("<rect width=\"3\" height=\"3\" fill=\"tomato\"/>")]
    public void What_is_not_understood_is_not_left_out(string part) =>
        Assert.Throws<NotSupportedException>(() => SvgRaster.Draw(Document(part)));

    [Fact]
    public void Text_begins_ends_or_has_its_middle_where_it_should()
    {
        foreach (var (anchor, share) in ((string, double)[])[("start", 0), ("middle", 0.5), ("end", 1)])
        {
            PixelImage image = SvgRaster.Draw(Document(
                $"<text x=\"60\" y=\"60\" text-anchor=\"{anchor}\" style=\"font-size:16px\">HxH</text>"));
            int[] columns = [.. Enumerable.Range(0, image.Width).Where(x => Enumerable.Range(0, image.Height)
                .Any(y => image.Pixels[(y * image.Width + x) * 3] < 128))];
            double left = columns.Min() / 2.0, right = (columns.Max() + 1) / 2.0;
            // Half of the room between letters lies at either end.
            Assert.InRange(left + share * (right - left), 58.5, 61.5);
        }
    }

    [Fact]
    public void Every_character_of_ASCII_and_Latin_1_has_a_shape_of_its_own()
    {
        string Shape(int code) => string.Join(' ', SvgRaster.Draw(Document($"<text x=\"20\" y=\"60\" style=\"font-size:40px\">"
            + $"{System.Security.SecurityElement.Escape(((char)code).ToString())}</text>"), 1).Pixels);
        string unknown = Shape('語');
        int[] letters = [.. Enumerable.Range(33, 94), .. Enumerable.Range(0xC0, 64).Where(c => c is not (0xD7 or 0xF7))];
        string[] shapes = [.. letters.Select(Shape)];
        Assert.DoesNotContain(unknown, shapes);
        Assert.Equal(letters.Length, shapes.Distinct().Count());
        Assert.All("−–×·…±→βσ≤≥≈∞⁰¹²³⁴⁵⁶⁷⁸⁹⁻", sign => Assert.NotEqual(unknown, Shape(sign)));
        PixelImage Beyond(string text) => SvgRaster.Draw(Document($"<text x=\"5\" y=\"60\">{text}</text>"));
        Assert.Equal(Beyond("語").Pixels, Beyond("🙂").Pixels);
    }
}
