using Boltzmann.Compute;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Searches for assignments that satisfy clauses.</summary>
public class FocusedSearchTests
{
    static string[] Files(string set)
    {
        string? data = Environment.GetEnvironmentVariable("BOLTZMANN_DATA");
        string folder = Path.Combine(data ?? "", "satlib", set);
        Assert.SkipUnless(data is { Length: > 0 } && Directory.Exists(folder), $"BOLTZMANN_DATA names no folder with satlib/{set}");
        return Directory.GetFiles(folder, "*.cnf");
    }

    static StopRule Until(long sweeps) => new() { SatisfiedEnergy = 0, Sweeps = sweeps };

    [Theory, InlineData("uf20-91"), InlineData("uf50-218")]
    public void Every_satisfiable_file_is_satisfied(string set)
    {
        foreach (string file in Files(set))
        {
            SearchProblem problem = ProblemFile.Read(file);
            foreach (string method in (string[])["auto", "tempering", "annealing"])
            {
                SearchResult result = Search.Best(problem.Energy, SearchMethods.Of(method, problem.Energy), Until(100_000));
                Assert.True(result.Status == SearchStatus.Satisfied, $"{file}, {method}: {result.Status}, {result.Energy}");
                Assert.True(problem.Check(result)!.IsComplete);
            }
        }
    }

    [Fact]
    public void Files_that_nothing_satisfies_are_never_said_to_be_satisfied()
    {
        foreach (string file in Files("uuf50-218"))
        {
            SearchProblem problem = ProblemFile.Read(file);
            foreach (string method in (string[])["auto", "tempering"])
            {
                SearchResult result = Search.Best(problem.Energy, SearchMethods.Of(method, problem.Energy), Until(2000));
                Assert.Equal(SearchStatus.Sweeps, result.Status);
                Satisfaction found = problem.Check(result)!;
                Assert.True(found.HardViolated >= 1 && found.HardViolated == result.Energy);
            }
        }
    }

    [Fact]
    public void Clauses_that_are_repeated_are_no_weights()
    {
        Assert.Equal("focused", SearchMethods.Of("auto", Twenty(repeated: 9, weight: 1)).Name);
        Assert.Equal("focused", SearchMethods.Of("auto", Twenty(repeated: 75, weight: 1)).Name);
        // One that weighs twice as much is small enough for a proof.
        Assert.Equal("exact", SearchMethods.Of("auto", Twenty(repeated: 0, weight: 2)).Name);

        static BinaryEnergy Twenty(int repeated, double weight)
        {
            BinaryEnergy formula = SmallFormulas.ThreeSat(20, 80, seed: 7, isPlanted: true);
            var builder = new BinaryEnergyBuilder();
            builder.AddVariables(20);
            int count = formula.Clauses;
            for (int c = 0; c < count + repeated; c++)
                builder.AddClause(formula.ClauseList[c % count], c == 0 ? weight : 1);
            return builder.Build();
        }
    }

    [Theory, InlineData(50, 210, 1), InlineData(300, 1230, 2), InlineData(3000, 11_400, 3)]
    public void Planted_formulas_are_satisfied(int variables, int clauses, int seed)
    {
        BinaryEnergy energy = SmallFormulas.ThreeSat(variables, clauses, seed, isPlanted: true);
        ISearchMethod method = SearchMethods.Of("auto", energy);
        Assert.Equal("focused", method.Name);
        SearchResult result = Search.Best(energy, method, Until(200_000));
        Assert.Equal((SearchStatus.Satisfied, 0), (result.Status, result.Energy));
        Assert.Equal(0, energy.Of([.. result.Assignment]));
    }

    [Theory, InlineData(4), InlineData(5), InlineData(7)]
    public void Longer_clauses_are_satisfied(int literals)
    {
        var random = new Random(literals);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(100);
        // Well below where such formulas become unsatisfiable, at about 2^k ln 2 clauses a variable.
        for (int c = 0; c < 100 * 0.4 * Math.Pow(2, literals); c++)
        {
            int[] variables = [.. Enumerable.Range(1, 100)];
            random.Shuffle(variables);
            builder.AddClause([.. variables.Take(literals).Select(v => v * (random.Next(2) * 2 - 1))], 1);
        }
        BinaryEnergy energy = builder.Build();
        Assert.Equal(SearchStatus.Satisfied, Search.Best(energy, new FocusedSearch(), Until(100_000)).Status);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Results_do_not_depend_on_threads(bool isWeighted)
    {
        BinaryEnergy energy = isWeighted ? Weighted(200, 1000) : SmallFormulas.ThreeSat(200, 900, seed: 4);
        // Long enough for eight walks.
        var stop = Until(isWeighted ? 1000 : 3000);
        SearchResult one = Search.Best(energy, new FocusedSearch(), stop, seed: 8, new CpuBackend(1), solutions: 5);
        foreach (int threads in (int[])[2, 3])
        {
            SearchResult more = Search.Best(energy, new FocusedSearch(), stop, seed: 8, new CpuBackend(threads), solutions: 5);
            Assert.Equal(one.Assignment, more.Assignment);
            Assert.Equal(one.Trace.Select(t => t with { Seconds = 0 }), more.Trace.Select(t => t with { Seconds = 0 }));
            Assert.Equal((one.Status, one.Sweeps), (more.Status, more.Sweeps));
            Assert.Equal(one.Solutions.Select(s => s.Energy), more.Solutions.Select(s => s.Energy));
        }
        SearchResult other = Search.Best(energy, new FocusedSearch(), stop, seed: 9, new CpuBackend(1));
        Assert.NotEqual(one.Assignment, other.Assignment);
    }

    [Fact]
    public void A_satisfying_walk_is_the_same_one_for_any_number_of_threads()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            BinaryEnergy energy = SmallFormulas.ThreeSat(150, 630, seed, isPlanted: true);
            SearchResult[] results = [.. new[] { 1, 2, 3 }.Select(threads =>
                Search.Best(energy, new FocusedSearch(), Until(1_000_000), (ulong)seed, new CpuBackend(threads)))];
            foreach (SearchResult result in results)
            {
                Assert.Equal(SearchStatus.Satisfied, result.Status);
                Assert.Equal(results[0].Assignment, result.Assignment);
                Assert.Equal(results[0].Sweeps, result.Sweeps);
            }
        }
    }

    [Theory, InlineData("focused"), InlineData("tempering")]
    public void What_time_ended_is_repeated_by_its_sweeps(string method)
    {
        foreach (BinaryEnergy energy in (BinaryEnergy[])[SmallFormulas.ThreeSat(300, 1500, seed: 6), Weighted(300, 1500)])
        {
            SearchResult timed = Search.Best(energy, SearchMethods.Of(method, energy), new StopRule { SatisfiedEnergy = 0, Seconds = 0.2 });
            SearchResult again = Search.Best(energy, SearchMethods.Of(method, energy), Until(timed.Sweeps));
            Assert.Equal(timed.Energy, again.Energy);
            Assert.Equal(timed.Assignment, again.Assignment);
        }
    }

    [Fact]
    public void Weighted_clauses_come_to_the_least_weight_that_enumeration_finds()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            BinaryEnergy energy = Weighted(14, 100, seed);
            double least = SmallEnergies.All(energy).Min();
            foreach (string method in (string[])["focused", "tempering", "annealing"])
                Assert.Equal(least, Search.Best(energy, SearchMethods.Of(method, energy), Until(3000)).Energy, 1e-9);
        }
    }

    [Fact]
    public void Enough_of_the_weight_ends_a_search()
    {
        BinaryEnergy energy = SmallFormulas.ThreeSat(100, 900, seed: 3);
        SearchResult result = Search.Best(energy, new FocusedSearch(), new StopRule { SatisfiedEnergy = 60, Sweeps = 100_000 });
        Assert.Equal(SearchStatus.Satisfied, result.Status);
        Assert.InRange(result.Energy, 1, 60);
    }

    [Fact]
    public void Other_terms_are_refused_and_left_to_other_methods()
    {
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(30);
        builder.AddClause([1, 2, 3], 1);
        builder.Add(0, 1, 1);
        BinaryEnergy energy = builder.Build();
        Assert.Equal("tempering", SearchMethods.Of("auto", energy).Name);
        Assert.Throws<ArgumentException>(() => Search.Best(energy, new FocusedSearch(), Until(10)));
        Assert.Equal(0, Search.Best(energy, new Tempering(), new StopRule { SatisfiedEnergy = 0, Sweeps = 1000 }).Energy);
    }

    static BinaryEnergy Weighted(int variables, int clauses, int seed = 1)
    {
        var random = new Random(seed);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        for (int c = 0; c < clauses; c++)
            builder.AddClause([.. Enumerable.Range(0, 3).Select(_ => (random.Next(variables) + 1) * (random.Next(2) * 2 - 1))],
                random.Next(4) == 0 ? 500 : random.Next(1, 20));
        return builder.Build();
    }
}
