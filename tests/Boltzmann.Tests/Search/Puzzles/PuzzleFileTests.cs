using System.Text.Json.Nodes;
using Boltzmann.Searching;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>Graphs to colour and cities as files of their own formats, there and back; tours, and the best one that is known.</summary>
public sealed class PuzzleFileTests : IDisposable
{
    const string Square = "NAME : sq\nTYPE : TSP\nCOMMENT : a square\nCOMMENT : and a roof\nDIMENSION : 5\nEDGE_WEIGHT_TYPE : EUC_2D\n"
        + "NODE_COORD_SECTION\n1 0 0\n2 10 0\n3 10 10\n4 0 10\n5 5 12\nEOF\n";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Write(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    [Theory, InlineData("b.col"), InlineData("b.col.gz")]
    public void A_graph_that_is_written_is_the_same_graph(string written)
    {
        var random = new Random(1);
        for (int trial = 0; trial < 20; trial++)
        {
            int n = random.Next(1, 12);
            var graph = new ColouredGraph([.. Enumerable.Range(0, n).Select(v => trial % 2 == 0 ? $"x{v + 1}" : $"town {v}")],
                Enumerable.Range(0, 20).Select(_ => (random.Next(n), random.Next(n))).Where(edge => edge.Item1 != edge.Item2));
            graph.Write(folder[written]);
            ColouredGraph read = ColouredGraph.Read(folder[written]);
            Assert.Equal(graph.Edges, read.Edges);
            Assert.Equal(Enumerable.Range(1, n).Select(v => $"x{v}"), read.Names);
        }
    }

    [Theory, InlineData("EUC_2D"), InlineData("CEIL_2D"), InlineData("ATT"), InlineData("GEO")]
    public void Cities_of_coordinates_are_written_with_them(string kind)
    {
        RoundTrip trip = RoundTrip.Read(Write("a.tsp", Square.Replace("EUC_2D", kind)));
        TsplibFile.Write(folder["b.tsp"], trip, "again");
        Assert.DoesNotContain("EXPLICIT", File.ReadAllText(folder["b.tsp"]));
        RoundTrip read = RoundTrip.Read(folder["b.tsp"]);
        Assert.Equal(trip.Distances, read.Distances);
        Assert.Equal(trip.Positions, read.Positions);
    }

    [Fact]
    public void Other_distances_are_written_as_they_are()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 10; trial++)
        {
            int n = random.Next(3, 9);
            RoundTrip trip = RoundTrip.Between([.. Enumerable.Range(0, n).Select(_ => (random.NextDouble(), 1e3 * random.NextDouble()))]);
            double[,] table = new double[n, n];
            for (int a = 0; a < n; a++)
                for (int b = 0; b < n; b++) table[a, b] = a == b ? 0 : random.Next(100);
            foreach (RoundTrip one in (RoundTrip[])[trip, new(table, [.. Enumerable.Range(0, n).Select(c => $"town {c}")])])
            {
                TsplibFile.Write(folder["b.tsp.gz"], one, "b");
                RoundTrip read = RoundTrip.Read(folder["b.tsp.gz"]);
                Assert.Equal(one.Distances, read.Distances);
                Assert.Equal(one.Positions, read.Positions);
            }
        }
    }

    [Fact]
    public void The_command_converts_and_refuses_other_problems_by_name()
    {
        string graph = Write("map.txt", "a b\nb c\nc a\nc d\n"), cities = Write("c.csv", "Rome 0 0\nBari 1 0\nOslo 1 1\nKiel 0 2\n");
        CommandLine.Succeed("search", $"colouring:{graph}", "--write", folder["m.col"]);
        Assert.Contains("colour 3", CommandLine.Succeed("search", folder["m.col"]).Output);
        CommandLine.Succeed("search", $"tsp:{cities}", "--write", folder["c.tsp"]);
        double length = CommandLine.Succeed("search", $"tsp:{cities}", "--json").Json["objective"]!["value"]!.GetValue<double>();
        foreach (string argument in (string[])[folder["c.tsp"], $"tsp:{Write("other.txt", File.ReadAllText(folder["c.tsp"]))}"])
            Assert.Equal(length, CommandLine.Succeed("search", argument, "--json").Json["objective"]!["value"]!.GetValue<double>());
        Assert.Equal(length, CommandLine.Succeed("search", folder["other.txt"], "--format", "tsp", "--json").Json["objective"]!["value"]!
            .GetValue<double>());
        CommandLine.Run("search", $"tsp:{cities}", "--write", folder["c.col"]).IsRefused("holds a graph to colour");
        CommandLine.Run("search", "queens:4", "--write", folder["q.tsp"]).IsRefused("holds cities of a tour");
        CommandLine.Run("search", Write("ring.txt", "3 2\n1 2\n2 3\n"), "--write", folder["r.col"]).IsRefused("holds a graph to colour");
        CommandLine.Run("search", cities, "--format", "tsp").IsRefused("c.csv");
        Assert.Equal(["c.csv", "c.tsp", "m.col", "map.txt", "other.txt", "ring.txt"],
            Directory.GetFiles(folder[""]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_tour_is_written_and_read_as_the_best_one_that_is_known()
    {
        string square = Write("sq.tsp", Square);
        CommandLine.Succeed("search", square, "--out", folder["sq.opt.tour"]);
        Assert.Equal(5, TsplibFile.ReadTour(folder["sq.opt.tour"], 5).Distinct().Count());
        CommandLine words = CommandLine.Succeed("search", square);
        Assert.Contains("optimal length  40, gap 0 %", words.Output);
        // 1 3 2 4 5: two diagonals of 14, and 10 + 5 + 13.
        Write("sq.opt.tour", "TYPE : TOUR\nDIMENSION : 5\nTOUR_SECTION\n1 3 2 4 5\n-1\nEOF\n");
        JsonNode objective = CommandLine.Succeed("search", square, "--json").Json["objective"]!;
        Assert.Equal((56.0, (40 - 56) / 56.0), (objective["optimum"]!.GetValue<double>(), objective["gap"]!.GetValue<double>()));
        Write("sq.opt.tour", "TYPE : TOUR\nDIMENSION : 5\nTOUR_SECTION\n1 3 3 4 5\n-1\nEOF\n");
        CommandLine.Run("search", square).IsRefused("the tour comes to city 3 twice");
        CommandLine.Run("search", "queens:4", "--out", folder["q.tour"]).IsRefused(".csv");
    }

    [Theory, InlineData("exact", "off"), InlineData("tempering", "off"), InlineData("tempering", "on"), InlineData("auto", "off")]
    public void An_integer_has_a_value_in_the_best_state_even_where_nothing_is_feasible(string method, string blocks)
    {
        // Three neighbours in two colours: an edge must fail, not a vertex without a colour that would be read as its first one.
        string graph = Write("odd.txt", "a b\nb c\nc a\nc d\nd e\n");
        JsonNode json = CommandLine.Succeed("search", $"colouring:{graph}", "--colours", "2", "--method", method, "--blocks", blocks,
            "--sweeps", "200", "--json").Json;
        Assert.False(json["feasible"]!.GetValue<bool>());
        Assert.Contains("differ", Assert.Single(json["violated"]!.AsArray())!["name"]!.GetValue<string>());
        string bits = json["solutions"]![0]!["bits"]!.GetValue<string>();
        Assert.All(Enumerable.Range(0, 5), v => Assert.Equal(1, bits.AsSpan(2 * v, 2).Count('1')));
    }
}
