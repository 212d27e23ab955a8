using System.Xml.Linq;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Drawings of states: well-formed, and showing what is wrong.</summary>
public sealed class StateDrawingTests
{
    static int Count(string svg, string style) => XDocument.Parse(svg).Descendants()
        .Count(element => ((string?)element.Attribute("class") ?? "").Split(' ').Contains(style));

    [Fact]
    public void Queens_that_attack_each_other_are_red_and_joined()
    {
        string svg = QueensDrawing.Svg([0, 2, 1], "a & b");
        Assert.Equal((2, 1, 1), (Count(svg, "fault"), Count(svg, "found"), Count(svg, "fault-line")));
        Assert.Equal("Q · ·\n· · X\n· X ·\n", QueensDrawing.Text([0, 2, 1]));
        Assert.Equal(0, Count(QueensDrawing.Svg([1, 3, 0, 2], "four"), "fault"));
        Assert.Equal(100, Count(QueensDrawing.Svg([.. Enumerable.Repeat(0, 100)], "large"), "fault"));
    }

    [Fact]
    public void A_Sudoku_shows_clues_found_digits_and_conflicts()
    {
        var sudoku = Sudoku.Parse("1... .... .... ...2");
        int[] digits = [1, 2, 3, 4, 3, 4, 1, 2, 2, 1, 4, 3, 4, 3, 3, 2];
        string svg = SudokuDrawing.Svg(sudoku, digits, "small");
        bool[] conflicts = sudoku.Conflicts(digits);
        Assert.Equal(conflicts.Count(c => c), Count(svg, "fault"));
        Assert.Equal(16, Count(svg, "fault-ink") + Count(svg, "found")
            + conflicts.Select((c, i) => !c && sudoku.Clues[i] > 0).Count(c => c));
        Assert.StartsWith("1 2 | 3 4\n3 4 | 1 2\n----+----\n2 1 | 4 3\n", SudokuDrawing.Text(sudoku, digits));
    }

    [Fact]
    public void A_coloured_graph_has_its_conflicts_thick_and_the_same_picture_each_time()
    {
        var graph = new ColouredGraph(["a", "b", "c", "d"], [(0, 1), (1, 2), (2, 3), (3, 0)]);
        string svg = ColouringDrawing.Svg(graph, [1, 2, 2, 3], "ring");
        Assert.Equal((1, 3), (Count(svg, "fault-line"), Count(svg, "thin")));
        Assert.Equal(svg, ColouringDrawing.Svg(graph, [1, 2, 2, 3], "ring"));
        Assert.Equal("colour 1: a\ncolour 2: b, c\ncolour 3: d\n", ColouringDrawing.Text(graph, [1, 2, 2, 3]));
        XDocument.Parse(ColouringDrawing.Svg(graph, [1, 9, 7, 8], "many colours"));
    }

    [Fact]
    public void Sides_of_a_partition_are_bars_of_its_numbers()
    {
        string svg = PartitionDrawing.Svg([3, 5, 8], [true, true, false], "even");
        Assert.Equal((2, 1), (Count(svg, "c0"), Count(svg, "c1")));
        Assert.Equal("8 = 5 + 3\n8 = 8\n", PartitionDrawing.Text([3, 5, 8], [true, true, false]));
    }

    [Fact]
    public void A_tour_has_a_line_for_each_city()
    {
        RoundTrip trip = RoundTrip.Between([(0, 0), (1, 0), (1, 1), (0, 1)], ["a", "b", "c", "d"]);
        Assert.Equal(4, Count(TourDrawing.Svg(trip, [0, 1, 2, 3], "square"), "bz-line"));
        Assert.Equal(0, Count(TourDrawing.Svg(trip, null, "none"), "bz-line"));
        Assert.Equal("a → b → c → d → a\n", TourDrawing.Text(trip, [0, 1, 2, 3]));
        Assert.Equal(3, Count(TourDrawing.Svg(new RoundTrip(new double[,] { { 0, 1, 2 }, { 1, 0, 3 }, { 2, 3, 0 } }), [0, 1, 2], "x"),
            "bz-line"));
    }

    [Fact]
    public void Pictures_stand_beside_each_other()
    {
        XDocument svg = XDocument.Parse(CleaningDrawing.Svg(2, 2, [("seen", [0, 1, 1, 0]), ("found", [0.0, 1, 1, 1])], "x"));
        Assert.Equal(2, svg.Descendants().Count(element => element.Name.LocalName == "image"));
        Assert.Equal("▄▀\n", CleaningDrawing.Text(2, [0, 1, 1, 0]));
        Assert.Throws<ArgumentException>(() => CleaningDrawing.Svg(2, 2, [("seen", [0.0])], "x"));
    }

    [Fact]
    public void A_cut_shows_edges_within_a_side_apart_from_those_between()
    {
        var ring = new BinaryEnergyBuilder();
        ring.AddVariables(5);
        for (int v = 0; v < 5; v++) ring.AddSpins(v, (v + 1) % 5, 0.5);
        string svg = CutDrawing.Svg(ring.Build(), [0, 1, 0, 1, 1], "ring");
        Assert.Equal((1, 4), (Count(svg, "fault-line"), Count(svg, "thin")));
        var large = new BinaryEnergyBuilder();
        large.AddVariables(60);
        for (int v = 0; v < 60; v++) large.AddSpins(v, (v + 1) % 60, 0.5);
        svg = CutDrawing.Svg(large.Build(), [.. Enumerable.Range(0, 60).Select(v => (byte)(v % 2))], "ring");
        Assert.Equal((120, 0), (Count(svg, "c0"), Count(svg, "c4")));
    }
}
