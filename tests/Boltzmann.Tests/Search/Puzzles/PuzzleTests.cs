using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Graph colouring, partitions, tours and pictures against plain computations.</summary>
public sealed class PuzzleTests
{
    static ProblemResult Find(Problem problem, long sweeps = 2000) =>
        Search.Best(problem, new Tempering(), new() { Sweeps = sweeps, Seconds = 60 }, seed: 5);

    [Fact]
    public void A_graph_with_a_planted_colouring_is_coloured()
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            var random = new Random(seed);
            int[] planted = [.. Enumerable.Range(0, 90).Select(_ => random.Next(3))];
            List<(int, int)> edges = [];
            while (edges.Count < 200)
            {
                int a = random.Next(90), b = random.Next(90);
                if (planted[a] != planted[b]) edges.Add((a, b));
            }
            var graph = new ColouredGraph([.. Enumerable.Range(1, 90).Select(v => $"v{v}")], edges);
            var colouring = new GraphColouring(graph, 3);
            ProblemResult result = Find(colouring.Problem);
            Assert.Equal(SearchStatus.Satisfied, result.Status);
            int[] colours = colouring.Read(result.Best);
            Assert.All(edges, edge => Assert.NotEqual(colours[edge.Item1], colours[edge.Item2]));
            Assert.All(colours, colour => Assert.InRange(colour, 1, 3));
        }
    }

    [Fact]
    public void Two_colours_do_for_even_rings_and_leave_one_edge_of_odd_ones()
    {
        foreach (int length in (int[])[4, 5, 12, 13])
        {
            var graph = new ColouredGraph([.. Enumerable.Range(1, length).Select(v => $"v{v}")],
                Enumerable.Range(0, length).Select(v => (v, (v + 1) % length)));
            ProblemResult result = Find(new GraphColouring(graph, 2).Problem, 200);
            Assert.Equal(length % 2, result.Violated.Count);
            int[] greedy = graph.Greedy();
            Assert.Equal(2 + length % 2, greedy.Max());
            Assert.All(graph.Edges, edge => Assert.NotEqual(greedy[edge.First], greedy[edge.Second]));
        }
    }

    [Fact]
    public void A_graph_is_read_from_edges_and_from_DIMACS()
    {
        ColouredGraph named = ColouredGraph.Parse("# map\nOhio Michigan\nOhio,Indiana\nMichigan Ohio\n");
        Assert.Equal(["Ohio", "Michigan", "Indiana"], named.Names);
        Assert.Equal([(0, 1), (0, 2)], named.Edges);
        ColouredGraph dimacs = ColouredGraph.Parse("c a remark of words\np edge 4 3\ne 1 2\ne 2 1\ne 3 4\n");
        Assert.Equal((4, 2), (dimacs.Names.Count, dimacs.Edges.Count));
        foreach (var (text, message) in ((string, string)[])[("a b\nc", "line 2"), ("a a\n", "to itself"), ("", "no vertices"),
            ("p edge 2 1\ne 1 3\n", "line 2: '3' is not a number from 1 to 2"), ("p edge 2 1\nx\n", "expected \"e i j\""),
            ("!a b\n", "negates")])
            Assert.Contains(message, Assert.Throws<BadInputException>(() => ColouredGraph.Parse(text)).Message);
    }

    [Fact]
    public void A_partition_is_as_even_as_the_best_of_all()
    {
        foreach (int seed in (int[])[1, 2, 3, 4, 5])
        {
            var random = new Random(seed);
            long[] numbers = [.. Enumerable.Range(0, 13).Select(_ => (long)random.Next(1, 1_000_000))];
            long best = Enumerable.Range(0, 1 << 12)
                .Min(code => Math.Abs(numbers.Select((number, i) => (code >> i & 1) != 0 ? number : -number).Sum()));
            var partition = new NumberPartition(numbers);
            ProblemResult result = Find(partition.Problem);
            Assert.Equal(best, partition.Difference(partition.Sides(result.Best)));
            Assert.Equal(best * (double)best, result.Objective, 1e-6 * best * best);
        }
    }

    [Theory, InlineData(3), InlineData(5), InlineData(8), InlineData(9)]
    public void A_tour_is_as_short_as_the_best_of_all(int cities)
    {
        var random = new Random(cities);
        RoundTrip trip = RoundTrip.Between([.. Enumerable.Range(0, cities).Select(_ => (random.NextDouble(), random.NextDouble()))]);
        double shortest = Orders([.. Enumerable.Range(1, cities - 1)]).Min(order => trip.Length([0, .. order]));
        ProblemResult result = Find(trip.Problem);
        int[] tour = trip.Tour(result.Best)!;
        Assert.Equal(Enumerable.Range(0, cities), tour.Order());
        Assert.Equal(shortest, trip.Length(tour), 1e-9);
        Assert.Equal(shortest, result.Objective, 1e-9);
    }

    static IEnumerable<int[]> Orders(int[] of) => of.Length <= 1 ? [of]
        : of.SelectMany(first => Orders([.. of.Where(other => other != first)]).Select(rest => (int[])[first, .. rest]));

    [Fact]
    public void A_picture_has_the_energy_of_its_formula_and_the_lowest_one_is_found()
    {
        var random = new Random(1);
        double[] grey = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble())];
        var cleaning = new PictureCleaning(4, 3, grey, 0.7);
        CompiledProblem compiled = cleaning.Problem.Compile();
        double lowest = double.PositiveInfinity;
        for (int code = 0; code < 1 << 12; code++)
        {
            int Spin(int row, int column) => (code >> (row * 4 + column) & 1) != 0 ? 1 : -1;
            double energy = 0;
            for (int row = 0; row < 3; row++)
                for (int column = 0; column < 4; column++)
                {
                    energy -= (2 * grey[row * 4 + column] - 1) * Spin(row, column);
                    if (column < 3) energy -= 0.7 * Spin(row, column) * Spin(row, column + 1);
                    if (row < 2) energy -= 0.7 * Spin(row, column) * Spin(row + 1, column);
                }
            byte[] state = [.. Enumerable.Range(0, 12).Select(i => (byte)(code >> i & 1))];
            Assert.Equal(energy, compiled.Read(state).Energy, 1e-9);
            lowest = Math.Min(lowest, energy);
        }
        Assert.Equal(lowest, Find(cleaning.Problem, 100).Energy, 1e-9);
    }

    [Fact]
    public void What_cannot_be_posed_is_refused()
    {
        Assert.Contains("2 colours at least",
            Assert.Throws<ArgumentException>(() => new GraphColouring(new ColouredGraph(["a"], []), 1)).Message);
        Assert.Contains("not a whole number above 0", Assert.Throws<ArgumentException>(() => new NumberPartition([1, 0])).Message);
        Assert.Contains("2 to 2000", Assert.Throws<ArgumentException>(() => new NumberPartition([1])).Message);
        Assert.Contains("tour solver", Assert.Throws<ArgumentException>(() => new RoundTrip(new double[200, 200])).Message);
        Assert.Contains("not square", Assert.Throws<ArgumentException>(() => new RoundTrip(new double[4, 5])).Message);
        Assert.Contains("coupling", Assert.Throws<ArgumentException>(() => new PictureCleaning(1, 1, [1.0], 0)).Message);
        Assert.Contains("3 × 2", Assert.Throws<ArgumentException>(() => new PictureCleaning(3, 2, [1.0])).Message);
    }
}
