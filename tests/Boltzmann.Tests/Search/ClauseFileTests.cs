using System.IO.Compression;
using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>cnf and wcnf files as they are found, and what is wrong with others.</summary>
public sealed class ClauseFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(folder[name], bytes);
        return folder[name];
    }

    static SearchProblem Cnf(string text) => CnfFile.Read(ProblemText.Over("f.cnf", Encoding.UTF8.GetBytes(text)));

    static SearchProblem Wcnf(string text) => WcnfFile.Read(ProblemText.Over("f.wcnf", Encoding.UTF8.GetBytes(text)));

    const string Plain = "p cnf 3 3\n1 -2 0\n2 3 0\n-1 -3 0\n";

    [Theory]
    [InlineData(Plain)]
    [InlineData("c a comment\nc\np cnf 3 3\n1 -2 0\nc between\n2 3 0\n-1 -3 0")]
    [InlineData("p  cnf\t3  3 \n  1 -2 0\n\n 2 3 0\n-1 -3 0\n%\n0\n\n")]
    [InlineData("p cnf 3 3\n1\n-2\n0 2 3 0 -1\n-3 0\n")]
    [InlineData("p cnf 3 3\r\n1 -2 0\r\n2 3 0\r\n-1 -3 0\r\n%\r\n0\r\n")]
    [InlineData("p cnf 3 3\n1 -2 0 2 3 0 -1 -3 0 %\n0\n")]
    [InlineData("\uFEFFp cnf 3 3\n1 -2 0\n2 3 0\n-1 -3 0\n")]
    public void A_formula_is_the_same_however_it_is_written(string text)
    {
        SearchProblem problem = Cnf(text);
        Assert.Equal(("cnf", "sat"), (problem.Format, problem.Kind));
        Assert.Equal((3, 3, 3), (problem.Energy.Variables, problem.Energy.Clauses, problem.Clauses!.Count));
        SearchProblem plain = Cnf(Plain);
        for (int k = 0; k < 8; k++)
            Assert.Equal(plain.Energy.Of(SmallEnergies.State(k, 3)), problem.Energy.Of(SmallEnergies.State(k, 3)));
        // 1 0 0 breaks the second clause alone.
        Satisfaction found = problem.Clauses.Check([1, 0, 0]);
        Assert.Equal((2, 3, 2, 3), (found.Satisfied, found.Of, found.Weight, found.OfWeight));
        Assert.Equal(new Violation("clause 2", 1, 1, IsHard: true), Assert.Single(found.Violated));
        Assert.False(found.IsFeasible);
        Assert.True(problem.Clauses.Check([1, 1, 0]).IsComplete);
    }

    [Fact]
    public void Tautologies_hold_and_doubled_literals_count_once()
    {
        SearchProblem problem = Cnf("p cnf 3 4\n1 -1 2 0\n3 3 2 0\n2 3 0\n-3 0\n");
        Assert.Equal(2, problem.Energy.Clauses);
        Assert.Equal(4, problem.Clauses!.Count);
        // The second and the third are equal: both are violated.
        Assert.Equal(2, problem.Energy.Of([0, 0, 0]));
        Assert.Equal(2, problem.Clauses.Check([0, 0, 0]).HardViolated);
        Assert.Empty(problem.Warnings);
    }

    [Fact]
    public void An_empty_clause_is_said_to_be_unsatisfiable_and_never_satisfied()
    {
        SearchProblem problem = Cnf("p cnf 2 2\n1 2 0\n0\n");
        Assert.Contains("line 3: the clause is empty", Assert.Single(problem.Warnings));
        Assert.Equal(1, problem.Energy.Of([1, 1]));
        SearchResult result = Search.Best(problem.Energy, new FocusedSearch(), new StopRule { SatisfiedEnergy = 0, Sweeps = 1000 });
        Assert.Equal((SearchStatus.Proved, 1), (result.Status, result.Energy));
        Assert.False(problem.Check(result)!.IsComplete);
    }

    [Theory]
    [InlineData("", "f.cnf: has no line 'p cnf variables clauses'")]
    [InlineData("1 2 0\n", "f.cnf, line 1: comes before the line 'p cnf variables clauses'")]
    [InlineData("p cnf 2 1\n1 3 0\n", "line 2, column 3: 3 is not a literal, or the 0 that ends a clause: expected -2 to 2")]
    [InlineData("p cnf 2 1\n1 -3 0\n", "line 2, column 3: -3 is not a literal")]
    [InlineData("p cnf 2 1\n1 x 0\n", "line 2, column 3: 'x' is not a whole number")]
    [InlineData("p cnf 2 1\n1 1.5 0\n", "line 2, column 3: '1.5' is not a whole number")]
    [InlineData("p cnf 2 2\n1 2 0\n", "line 2: the header states 2 clauses, but the file ends after 1")]
    [InlineData("p cnf 2 2\n1 2 0\n%\n1 0\n", "the header states 2 clauses, but the file ends after 1")]
    [InlineData("p cnf 2 1\n1 2 0\n-1 0\n", "line 3, column 1: the header states 1 clauses, but there are more")]
    [InlineData("p cnf 2 1\n1 2\n", "line 2: the file ends within a clause")]
    [InlineData("p cnf 2 1\np cnf 2 1\n", "line 2: is a second line 'p cnf'")]
    [InlineData("p cnf 2\n1 0\n", "line 1: states 2 variables, and ends where the number of clauses was expected")]
    [InlineData("p cnf 0 0\n", "line 1, column 7: 0 is not the number of variables")]
    [InlineData("p cnf 2 -1\n", "line 1, column 9: -1 is not the number of clauses")]
    [InlineData("p cnf 2 1 7\n1 0\n", "line 1, column 11: '7' follows the number of clauses")]
    [InlineData("p cnf 99999999999 1\n1 0\n", "99,999,999,999 variables are more than the 10,000,000 that a search takes")]
    [InlineData("p wcnf 2 1\n1 1 0\n", "the clauses have weights: --format wcnf")]
    [InlineData("p edge 2 1\n", "line 1, column 3: expected 'p cnf variables clauses'")]
    public void What_is_wrong_with_a_formula_is_said_with_its_place(string text, string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => Cnf(text)).Message);

    [Theory]
    [InlineData("p wcnf 3 5 16\n16 1 2 0\n16 -1 -2 0\n3 1 0\n4 2 0\n8.5 3 0\n")]
    [InlineData("c x\nh 1 2 0\nh -1 -2 0\n3 1 0\nc y\n4 2\n0 8.5 3 0\n")]
    [InlineData("c x\r\nh 1 2 0\r\nh -1 -2 0\r\n3 1 0\r\n4 2 0 8.5 3 0\r\n")]
    public void Weighted_clauses_are_read_in_both_forms(string text)
    {
        SearchProblem problem = Wcnf(text);
        Assert.Equal(("wcnf", "maxsat"), (problem.Format, problem.Kind));
        Assert.Equal((3, 5, 2), (problem.Energy.Variables, problem.Clauses!.Count, problem.Clauses.Hard));
        Assert.Equal((15.5, 16.5), (problem.Clauses.SoftWeight, problem.Clauses.HardWeight));
        Assert.Equal(3, problem.Energy.Of([0, 1, 1]));
        Satisfaction found = problem.Clauses.Check([1, 1, 0]);
        Assert.Equal((false, 1, 8.5), (found.IsFeasible, found.HardViolated, found.SoftViolated));
        Assert.Equal(["clause 2", "clause 5"], found.Violated.Select(v => v.Name));
        Assert.Equal(25, problem.Energy.Of([1, 1, 0]));
        Assert.Equal(15.5 * 0.25, problem.Clauses.EnergyWithin(0.75), 1e-12);
    }

    [Fact]
    public void Weights_go_to_two_to_the_63_and_are_told_from_the_weight_of_hard_clauses()
    {
        SearchProblem problem = Wcnf("p wcnf 2 3 9223372036854775808\n9223372036854775808 1 0\n9223372036854775807 2 0\n0 -2 0\n");
        Assert.Equal(1, problem.Clauses!.Hard);
        Assert.Equal(9223372036854775807.0, problem.Clauses.SoftWeight);
        Assert.Contains("beyond 2^53", Assert.Single(problem.Warnings));
        Assert.True(problem.Clauses.Check([1, 1]).IsComplete);
        Assert.Equal(0, problem.Energy.Of([1, 1]));
    }

    [Theory]
    [InlineData("p wcnf 2 1 5\n-1 1 0\n", "line 2, column 1: -1 is below 0; expected the clause's weight")]
    [InlineData("p wcnf 2 1 5\nnan 1 0\n", "line 2, column 1: 'nan' is not a")]
    [InlineData("p wcnf 2 1 5\n1e999 1 0\n", "line 2, column 1: '1e999' is not a")]
    [InlineData("p wcnf 2 1 5\nh 1 0\n", "line 2, column 1: 'h' is not a number; expected the clause's weight")]
    [InlineData("p wcnf 2 1 5\n1 3 0\n", "line 2, column 3: 3 is not a literal")]
    [InlineData("p wcnf 2 2 5\n1 2 0\n", "line 2: the header states 2 clauses, but the file ends after 1")]
    [InlineData("p wcnf 2 1 5\n1 2 0\n1 1 0\n", "line 3: the header states 1 clauses, but there are more")]
    [InlineData("p wcnf 2 1 5\n1 2\n", "line 2: the file ends within a clause")]
    [InlineData("p wcnf 2 1 5\n1\n", "line 2: the file ends within a clause")]
    [InlineData("p cnf 2 1\n1 0\n", "the clauses have no weights: --format cnf")]
    [InlineData("h 1 0\np wcnf 1 1\n", "line 2: comes behind clauses")]
    [InlineData("hard 1 0\n", "line 1, column 1: expected the clause's weight, or h")]
    [InlineData("c nothing\n", "f.wcnf: holds no clause")]
    public void What_is_wrong_with_weighted_clauses_is_said_with_its_place(string text, string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => Wcnf(text)).Message);

    [Fact]
    public void Files_are_told_by_their_endings_and_unpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(Plain));
        Assert.Equal("sat", ProblemFile.Read(Write("a.cnf.gz", packed.ToArray())).Kind);
        Assert.Equal("sat", ProblemFile.Read(Write("a.cnf", Encoding.UTF8.GetBytes(Plain))).Kind);
        Assert.Equal("maxsat", ProblemFile.Read(Write("a.wcnf", Encoding.UTF8.GetBytes("1 1 -2 0\n"))).Kind);
        byte[] cut = packed.ToArray()[..^9];
        Assert.Throws<BadInputException>(() => ProblemFile.Read(Write("b.cnf.gz", cut)));
    }

    [Fact]
    public void Solutions_are_written_as_the_competitions_read_them()
    {
        SearchProblem formula = Cnf(Plain);
        SearchResult result = Search.Best(formula.Energy, new FocusedSearch(), new StopRule { SatisfiedEnergy = 0, Sweeps = 1000 });
        string[] lines = SolutionText.Of(formula, result).TrimEnd('\n').Split('\n');
        Assert.Equal("s SATISFIABLE", lines[1]);
        int[] literals = [.. lines.Where(l => l[0] == 'v').SelectMany(l => l[2..].Split(' ')).Select(int.Parse)];
        Assert.Equal([1, 2, 3, 0], literals.Select(Math.Abs));
        Assert.Equal(result.Assignment.Select(x => x == 1), literals[..3].Select(l => l > 0));

        SearchProblem impossible = Cnf("p cnf 1 2\n1 0\n-1 0\n");
        result = Search.Best(impossible.Energy, new FocusedSearch(), new StopRule { SatisfiedEnergy = 0, Sweeps = 1000 });
        string text = SolutionText.Of(impossible, result);
        Assert.Contains("c 1 of 2 clauses are violated\ns UNKNOWN\nv ", text);

        SearchProblem soft = Wcnf("h 1 0\n2.5 -1 0\n1 -1 2 0\n");
        result = Search.Best(soft.Energy, new Tempering(), new StopRule { Sweeps = 1000 });
        Assert.Contains("o 2.5\ns SATISFIABLE\nv 1 2 0\n", SolutionText.Of(soft, result));
        Assert.Equal((2.5, true), (result.Energy, soft.Check(result)!.IsFeasible));
    }

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        var random = new Random(12);
        string[] files =
        [
            Plain, "c x\np cnf 3 2\n1 -2 0\n2 3 0\n%\n0\n", "p wcnf 3 2 16\n16 1 2 0\n3 1 0\n", "h 1 2 0\n3.5 1 0\n",
        ];
        foreach (string text in files)
            for (int mutation = 0; mutation < 3000; mutation++)
            {
                const string Replacements = "0123 -\n\r%chp.e\0\u00ff";
                byte[] bytes = Encoding.ASCII.GetBytes(text);
                for (int k = random.Next(1, 4); k > 0; k--)
                    bytes[random.Next(bytes.Length)] = (byte)Replacements[random.Next(Replacements.Length)];
                ProblemText read = ProblemText.Over("f", bytes);
                try
                {
                    SearchProblem problem = text.Contains("p cnf", StringComparison.Ordinal)
                        ? CnfFile.Read(read) : WcnfFile.Read(read);
                    Assert.True(problem.Energy.Variables > 0);
                }
                catch (BadInputException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                }
            }
    }
}
