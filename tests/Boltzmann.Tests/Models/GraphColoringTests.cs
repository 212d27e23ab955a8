namespace Boltzmann.Tests.Models;

/// <summary>Colours of graphs and the lists of edges that they come from.</summary>
public class GraphColoringTests
{
    [Theory, InlineData(1, 2), InlineData(2, 2), InlineData(7, 5), InlineData(100, 100)]
    public void A_grid_takes_two_colours(int rows, int columns)
    {
        EdgeList grid = EdgeList.Grid(rows, columns);
        Assert.Equal(2, grid.Coloring.Count);
        Assert.Equal(rows * (columns - 1) + columns * (rows - 1), grid.Count);
        for (int u = 0; u < grid.Units; u++) Assert.Equal((u / columns + u % columns) % 2, grid.Coloring.ColorOf[u]);
    }

    [Fact]
    public void Joined_units_differ_and_colours_are_at_most_one_more_than_neighbours()
    {
        var random = new Random(4);
        for (int trial = 0; trial < 50; trial++)
        {
            int units = random.Next(1, 40);
            (int, int)[] pairs = [.. from i in Enumerable.Range(0, units) from j in Enumerable.Range(0,
                i) where random.Next(4) == 0 select random.Next(2) == 0 ? (i, j) : (j, i)];
            GraphColoring coloring = new EdgeList(units, pairs).Coloring;
            Assert.All(pairs, p => Assert.NotEqual(coloring.ColorOf[p.Item1], coloring.ColorOf[p.Item2]));
            int most = Enumerable.Range(0, units).Max(u => pairs.Count(p => p.Item1 == u || p.Item2 == u));
            Assert.InRange(coloring.Count, 1, most + 1);
            Assert.Equal(Enumerable.Range(0, units), coloring.Order.Order());
            Assert.Equal(coloring.Order.Select(u => coloring.ColorOf[u]), coloring.Order.Select(u => coloring.ColorOf[u]).Order());
        }
    }

    [Theory]
    [InlineData(0, 3, "edge 1 joins units 0 and 3, but there are units 0 to 2")]
    [InlineData(-1, 1, "edge 1 joins units -1 and 1")]
    [InlineData(2, 2, "edge 1 joins unit 2 to itself")]
    [InlineData(1, 0, "edge 1 joins units 1 and 0, which an edge before it does already")]
    public void Impossible_edges_are_named(int unit, int other, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new EdgeList(3, [(0, 1), (unit, other)])).Message);
}
