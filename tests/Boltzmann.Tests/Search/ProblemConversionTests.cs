using System.Text;
using Boltzmann.Searching;
using Boltzmann.Tests.Searching.Problems;

namespace Boltzmann.Tests.Searching;

/// <summary>Problems written in other formats: the same energy in every state, or a refusal.</summary>
public sealed class ProblemConversionTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    SearchProblem Read(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return ProblemFile.Read(folder[name], isSpin: null);
    }

    public static TheoryData<string, string, string[]> Files => new()
    {
        { "g.txt", "4 4\n1 2\n2 3 2.5\n3 4 -1\n4 1 0.1\n", ["a.txt", "a.mc.gz", "a.sparse", "a.qubo", "a.coo", "a.bqm", "a.json"] },
        { "q.qubo", "p qubo 0 5 2 1\n0 0 1\n2 2 -4\n0 2 1.5\n", ["a.sparse", "a.qubo.gz", "a.coo", "a.bqm", "a.json"] },
        { "s.coo", "# vartype=SPIN\n0 1 1\n1 2 -2\n0 0 0.5\n4 4 0\n", ["a.coo", "a.ising.gz", "a.bqm", "a.json"] },
        { "b.bqm", """{"variable_type":"BINARY","offset":2.5,"linear_terms":[{"label":"a b","bias":1}],"quadratic_terms":[{"label_head":"a b","label_tail":7,"bias":-3}]}""",
            ["a.bqm", "a.json"] },
        { "f.cnf", "p cnf 5 3\n1 -2 0\n2 3 0\n-1 -3 1 0\n", ["a.cnf", "a.cnf.gz", "a.wcnf", "a.json"] },
        { "w.wcnf", "h 1 2 0\nh -1 -2 0\n3 1 0\n4.5 2 3 0\n", ["a.wcnf", "a.json"] },
        { "w.wcnf", "p wcnf 5 3 100\n100 1 2 0\n3 1 0\n4.5 2 3 0\n", ["a.wcnf.gz", "a.json"] },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_problem_in_another_format_has_the_same_energy_in_every_state(string name, string text, string[] targets)
    {
        SearchProblem problem = Read(name, text);
        foreach (string target in targets)
        {
            ProblemFileWriter.Write(folder[target], problem);
            if (target == "a.json")
            {
                Problem loaded = ProblemFile.ReadProblem(folder[target]);
                CompiledProblem compiled = loaded.Compile();
                foreach (byte[] state in SmallProblems.States(problem.Energy.Variables))
                {
                    Solution solution = compiled.Read(state);
                    double soft = problem.Clauses is null ? problem.Energy.Of(state) : problem.Clauses.Check(state).SoftViolated;
                    Assert.Equal(soft, solution.ObjectiveEnergy + solution.Violated.Where(v => !v.IsHard).Sum(v => v.Energy), 12);
                    if (problem.Clauses is not null) Assert.Equal(problem.Clauses.Check(state).IsFeasible, solution.IsFeasible);
                }
                continue;
            }
            SearchProblem other = ProblemFile.Read(folder[target]);
            Assert.Equal(problem.Energy.Variables, other.Energy.Variables);
            foreach (byte[] state in SmallProblems.States(problem.Energy.Variables))
                Assert.Equal(problem.Energy.Of(state), other.Energy.Of(state), 12);
        }
    }

    [Theory]
    [InlineData("q.qubo", "p qubo 0 2 1 0\n0 0 1\n", "a.txt", "rudy cannot hold a bias of x0")]
    [InlineData("f.cnf", "p cnf 2 1\n1 2 0\n", "a.qubo", "qubo cannot hold clauses")]
    [InlineData("w.wcnf", "h 1 0\n2 -1 0\n", "a.cnf", "cnf cannot hold clauses that may be violated")]
    [InlineData("g.txt", "2 1\n1 2\n", "a.wcnf", "wcnf cannot hold a problem of the kind max-cut")]
    [InlineData("f.cnf", "p cnf 1 1\n0\n", "a.json", "json cannot hold an empty clause")]
    [InlineData("b.bqm", """{"variable_type":"BINARY","offset":2,"linear_terms":[{"id":1,"coeff":1}],"quadratic_terms":[]}""", "a.qubo",
        "qubo cannot hold an offset, here 2")]
    [InlineData("b.bqm", """{"variable_type":"BINARY","linear_terms":[{"id":1,"coeff":1}],"quadratic_terms":[]}""", "a.sparse",
        "bqp cannot hold names of variables")]
    public void What_a_format_cannot_hold_is_refused_and_nothing_written(string name, string text, string target, string message)
    {
        SearchProblem problem = Read(name, text);
        Assert.Contains(message, Assert.Throws<BadInputException>(() => ProblemFileWriter.Write(folder[target], problem)).Message);
        Assert.False(File.Exists(folder[target]));
    }

    [Fact]
    public void A_problem_of_constraints_as_a_quadratic_model_has_its_best_solutions()
    {
        int compared = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            Problem problem = SmallProblems.Random(seed);
            if (seed % 3 == 0) problem.Require(!new Hypothesis(problem, 0));
            CompiledProblem compiled = problem.Compile();
            if (problem.Compile(blocks: false).Energy.Variables > 14) continue;
            ProblemFileWriter.Write(folder["p.bqm"], problem);
            SearchProblem model = ProblemFile.Read(folder["p.bqm"]);
            Solution[] feasible = [.. SmallProblems.States(problem.Variables).Select(state => compiled.Read(state))
                .Where(solution => solution.IsFeasible)];
            if (feasible.Length == 0) continue;
            double lowest = SmallProblems.States(model.Energy.Variables).Min(state => model.Energy.Of(state));
            Assert.Equal(feasible.Min(solution => solution.Energy), lowest, ProblemEnergyTests.Tolerance(compiled.Energy) * 100);
            compared++;
        }
        Assert.True(compared > 10);
    }

    [Fact]
    public void Clauses_of_a_problem_are_a_formula()
    {
        var problem = new Problem();
        Hypothesis x = problem.Add("x"), y = problem.Add("y"), z = problem.Add("z");
        problem.Clause(x, !y);
        problem.Require(!z);
        ProblemFileWriter.Write(folder["p.cnf"], problem);
        Assert.Equal("c 1 is x\nc 2 is y\nc 3 is z\np cnf 3 2\n-3 0\n1 -2 0\n", File.ReadAllText(folder["p.cnf"]));
        problem.Constrain(Constraint.AtMost(1, x, y, z), name: "one");
        Assert.Contains("the constraint 'one', which is not a clause",
            Assert.Throws<BadInputException>(() => ProblemFileWriter.Write(folder["q.cnf"], problem)).Message);
    }

    [Fact]
    public void Every_schema_of_quadratic_models_is_read()
    {
        // bqpjson: scale·(offset + Σ), spins, ids with gaps.
        SearchProblem one = Read("one.json", """
            {"version":"1.0.0","variable_ids":[0,4,9],"variable_domain":"spin","scale":2.0,"offset":0.5,
             "linear_terms":[{"id":4,"coeff":-1.5}],"quadratic_terms":[{"id_tail":0,"id_head":9,"coeff":3}]}
            """);
        Assert.Equal(("bqm", "ising", 3), (one.Format, one.Kind, one.Energy.Variables));
        Assert.Equal(2, one.Find("x9"));
        Assert.Equal(2 * (0.5 - 1.5 * 1 + 3 * -1 * 1), one.Energy.Of([0, 1, 1]), 12);
        // dimod, schema 3.
        SearchProblem two = Read("two.json", """
            {"type":"BinaryQuadraticModel","version":{"bqm_schema":"3.0.0"},"use_bytes":false,"variable_labels":["a",5],
             "variable_type":"BINARY","offset":-1,"linear_biases":[1,2],"quadratic_biases":[4],"quadratic_head":[1],"quadratic_tail":[0]}
            """);
        Assert.Equal(-1 + 1 + 2 + 4, two.Energy.Of([1, 1]));
        Assert.Equal("a", two.NameOf(0));
        Assert.Equal(1, two.Find("x5"));
    }

    [Theory]
    [InlineData("{}", "does not say whether its variables are spins")]
    [InlineData("""{"variable_type":"TERNARY"}""", "'TERNARY'; expected SPIN or BINARY")]
    [InlineData("""{"variable_type":"SPIN"}""", "neither linear_terms nor linear_biases")]
    [InlineData("""{"variable_type":"SPIN","linear_terms":[],"quadratic_terms":[]}""", "the model has no variables")]
    [InlineData("""{"variable_type":"SPIN","linear_terms":[{"id":1}],"quadratic_terms":[]}""", "linear_terms[0]: has no coeff, nor bias")]
    [InlineData("""{"variable_type":"SPIN","linear_terms":[],"quadratic_terms":[{"id_head":1,"id_tail":1,"coeff":1}]}""", "joins 'x1' to itself")]
    [InlineData("""{"variable_type":"SPIN","variable_ids":[1],"linear_terms":[{"id":2,"coeff":1}],"quadratic_terms":[]}""",
        "linear_terms[0]: no variable is called 'x2'")]
    [InlineData("""{"variable_type":"SPIN","use_bytes":true,"linear_biases":"AAAA"}""", "packed bytes")]
    [InlineData("""{"variable_type":"SPIN","linear_biases":[1],"variable_labels":["a","b"]}""", "2 variable_labels, but 1 linear_biases")]
    [InlineData("""{"variable_type":"SPIN","linear_terms":[{"id":1,"coeff":1e999}],"quadratic_terms":[]}""", "expected a finite number")]
    public void A_bad_model_is_told_what_is_wrong_where(string text, string message)
    {
        string said = Assert.Throws<BadInputException>(() => Read("b.json", text)).Message;
        Assert.Contains(message, said);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public void Models_and_lists_of_values_with_random_changes_end_in_a_problem_or_one_clear_line()
    {
        const string Model = """{"variable_type":"SPIN","offset":2.5,"linear_terms":[{"label":"a","bias":1}],"quadratic_terms":[{"label_head":"a","label_tail":7,"bias":-3}]}""";
        const string Arrays = """{"variable_labels":["a",5],"variable_type":"BINARY","linear_biases":[1,2],"quadratic_biases":[4],"quadratic_head":[1],"quadratic_tail":[0]}""";
        var random = new Random(5);
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(i % 2 == 0 ? Model : Arrays);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(4) == 0 ? random.Next(256) : "0129{}[],:\"eE.-ax"[random.Next(17)]);
            try
            {
                BqmFile.Read(ProblemText.Over("m.json", bytes));
                read++;
            }
            catch (BadInputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                Assert.StartsWith("m.json", e.Message);
            }
        }
        Assert.True(read > 100);
    }
}
