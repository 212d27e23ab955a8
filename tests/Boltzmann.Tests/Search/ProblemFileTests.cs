using System.IO.Compression;
using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Problem files: what each format means, and what is wrong with a bad one.</summary>
public sealed class ProblemFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    SearchProblem Read(string name, string text, int problem = 1, bool? isSpin = null)
    {
        File.WriteAllText(folder[name], text);
        return ProblemFile.Read(folder[name], problem: problem, isSpin: isSpin);
    }

    void Refused(string name, string text, string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => Read(name, text)).Message);

    [Fact]
    public void A_graphs_cut_is_the_weight_of_the_edges_between_its_sides()
    {
        SearchProblem graph = Read("g.txt", "4 4\r\n1 2\r\n2 3 2.5\r\n\r\n3 4 -1\r\n4 1 3\r\n");
        Assert.Equal(("rudy", "max-cut", 4, 4), (graph.Format, graph.Kind, graph.Energy.Variables, graph.Energy.Pairs));
        Assert.Equal(1 + 3, graph.Objective.At(graph.Energy.Of([1, 0, 0, 0])));
        Assert.Equal(1 + 2.5 - 1 + 3, graph.Objective.At(graph.Energy.Of([1, 0, 1, 0])));
        Assert.Equal("x1", graph.NameOf(0));
        Assert.Equal(3, graph.Find("x4"));
        Assert.Contains("but no 'x5'", Assert.Throws<BadInputException>(() => graph.Find("x5")).Message);

        SearchProblem twice = Read("twice.mc", "2 2\n1 2 1\n2 1 4\n");
        Assert.Equal(5, twice.Objective.At(twice.Energy.Of([1, 0])));
        Assert.Contains("1 edges are there more than once", Assert.Single(twice.Warnings));
    }

    [Fact]
    public void Bqp_counts_what_is_off_the_diagonal_twice_and_holds_several_problems()
    {
        SearchProblem one = Read("one.sparse", "3 3\n1 1 2\n1 2 -3\n3 3 1\n");
        Assert.Equal(2 - 6, one.Objective.At(one.Energy.Of([1, 1, 0])));
        Assert.False(one.Objective.IsMaximised);

        SearchProblem second = Read("several.bqp", "2\n2 1\n1 1 5\n3 2\n1 3 4\n2 2 -1\n", problem: 2);
        Assert.Equal((3, true), (second.Energy.Variables, second.Objective.IsMaximised));
        Assert.Equal(8 - 1, second.Objective.At(second.Energy.Of([1, 1, 1])));
        Assert.Contains("holds 2 problems", Assert.Throws<BadInputException>(() => Read("several.bqp", "2\n2 0\n2 0\n",
            problem: 3)).Message);
    }

    [Fact]
    public void Qubo_counts_once_from_0_and_lists_say_what_their_variables_are()
    {
        SearchProblem qubo = Read("q.qubo", "c made by hand\np qubo 0 3 2 1\n0 0 1\n2 2 -4\n0 2 1.5\n");
        Assert.Equal(-4 + 1 + 1.5, qubo.Objective.At(qubo.Energy.Of([1, 0, 1])));
        Assert.Equal("x0", qubo.NameOf(0));

        SearchProblem spins = Read("s.coo", "# vartype=SPIN\n0 1 1\n1 2 -2\n0 0 0.5\n");
        Assert.Equal(-1 - 2 + 0.5, spins.Objective.At(spins.Energy.Of([1, 0, 0])) + 0, 12);
        SearchProblem binary = Read("b.ising", "0 1 1\n1 1 3\n", isSpin: false);
        Assert.Equal(4, binary.Objective.At(binary.Energy.Of([1, 1])));
        Refused("none.coo", "0 1 1\n", "give --vartype spin or --vartype binary");
    }

    [Fact]
    public void Packed_files_and_byte_order_marks_are_read()
    {
        using (var packed = new GZipStream(File.Create(folder["g.txt.gz"]), CompressionMode.Compress))
            packed.Write(Encoding.UTF8.GetBytes("2 1\n1 2 7\n"));
        Assert.Equal(7, -ProblemFile.Read(folder["g.txt.gz"]).Energy.Of([0, 1]));
        File.WriteAllBytes(folder["bom.txt"], [0xEF, 0xBB, 0xBF, .. "2 1\n1 2 7"u8]);
        Assert.Equal(7, -ProblemFile.Read(folder["bom.txt"]).Energy.Of([0, 1]));
        byte[] whole = File.ReadAllBytes(folder["g.txt.gz"]);
        File.WriteAllBytes(folder["cut.txt.gz"], whole[..^6]);
        Assert.Throws<BadInputException>(() => ProblemFile.Read(folder["cut.txt.gz"]));
    }

    [Theory]
    [InlineData("g.txt", "", "is empty; expected rudy: the numbers of vertices and edges")]
    [InlineData("g.txt", "3\n1 2 1\n", "line 1: states 3 vertices, and ends where the number of edges was expected (a file of OR-Library")]
    [InlineData("g.txt", "3 2\n1 2 1\n", "the header states 2 edges, but the file ends after 1")]
    [InlineData("g.txt", "3 1\n1 2 1\n2 3 1\n", "line 3: the header states 1 edges, but there are more")]
    [InlineData("g.txt", "3 1\n1 4 1\n", "line 2, column 3: 4 is not a vertex: expected 1 to 3")]
    [InlineData("g.txt", "3 1\n0 2 1\n", "line 2, column 1: 0 is not a vertex")]
    [InlineData("g.txt", "3 1\n2 2 1\n", "joins vertex 2 to itself")]
    [InlineData("g.txt", "3 1\n1 2 nan\n", "'nan' is not a finite number; expected the edge's weight")]
    [InlineData("g.txt", "3 1\n1 2 1 1\n", "'1' follows the edge's weight")]
    [InlineData("g.txt", "3 1\n1 x 1\n", "'x' is not a whole number; expected a vertex")]
    [InlineData("g.txt", "p cnf 3 1\n1 2 0\n", "'p' is not a whole number")]
    [InlineData("g.txt", "99999999999 1\n", "variables that a search takes", false)]
    [InlineData("g.txt", "20000000 1\n", "are more than the 10,000,000 that a search takes")]
    [InlineData("q.qubo", "0 0 1\n", "comes before the line 'p qubo")]
    [InlineData("q.qubo", "p qubo 0 2 1 1\n0 0 1\n", "states 1 diagonals and 1 couplers, but there are 1 and 0")]
    [InlineData("g.sparse", "2 2\n1 1 1\n", "the header states 2 entries, but the file ends after 1")]
    [InlineData("g.what", "2 1\n1 2 1\n", "the ending '.what' does not say what kind of problem it is")]
    public void A_bad_file_is_told_what_is_wrong_where(string name, string text, string message, bool isWhole = true)
    {
        if (isWhole) Refused(name, text, message);
        else Assert.Throws<BadInputException>(() => Read(name, text));
    }

    [Fact]
    public void Files_with_random_changes_end_in_a_problem_or_one_clear_line()
    {
        (string Name, string Text)[] files =
        [
            ("g.txt", "4 4\n1 2\n2 3 2.5\n3 4 -1\n4 1 3\n"), ("one.sparse", "3 3\n1 1 2\n1 2 -3\n3 3 1\n"),
            ("q.qubo", "c x\np qubo 0 3 2 1\n0 0 1\n2 2 -4\n0 2 1.5\n"), ("s.coo", "# vartype=SPIN\n0 1 1\n1 2 -2\n0 0 0.5\n"),
        ];
        var random = new Random(17);
        for (int i = 0; i < 4000; i++)
        {
            var (name, text) = files[i % files.Length];
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            for (int changes = random.Next(1, 4); changes > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            // Large counts of variables are allowed, and slow here.
            if (bytes.AsSpan().Count((byte)'9') > 3) continue;
            try
            {
                ProblemText read = ProblemText.Over(name, bytes);
                _ = (i % files.Length) switch
                {
                    0 => RudyFile.Read(read),
                    1 => BqpFile.Read(read),
                    2 => QuboFile.Read(read),
                    _ => CooFile.Read(read),
                };
            }
            catch (BadInputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                Assert.StartsWith(name, e.Message);
            }
        }
    }
}
