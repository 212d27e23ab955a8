using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Searches from end to end: what they find, when they stop, and that a seed decides everything.</summary>
public class TemperingTests
{
    public static TheoryData<string, string> MethodsAndKinds()
    {
        var data = new TheoryData<string, string>();
        foreach (string method in (string[])["tempering", "annealing", "descent", "exact", "auto"])
            foreach (string kind in (string[])["cut", "integers", "wide", "reals", "spins", "tiny", "huge"]) data.Add(method, kind);
        return data;
    }

    [Theory, MemberData(nameof(MethodsAndKinds))]
    public void Small_problems_are_solved(string method, string kind)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            BinaryEnergy energy = SmallEnergies.Of(kind, 12, seed);
            double least = SmallEnergies.All(energy).Min();
            SearchResult result = Search.Best(energy, SearchMethods.Of(method, energy), new() { Sweeps = 300 }, (ulong)seed);
            Assert.Equal(least, result.Energy, 1e-9 * Math.Max(Math.Abs(least), energy.TypicalField));
            Assert.Equal(result.Energy, energy.Of([.. result.Assignment]), 1e-9 * Math.Max(Math.Abs(least), energy.TypicalField));
        }
    }

    [Fact]
    public void Enumeration_counts_the_states_of_least_energy()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            BinaryEnergy energy = SmallEnergies.Of("spins", 10, seed);
            double[] all = SmallEnergies.All(energy);
            SearchResult result = Search.Best(energy, new Enumeration(), new());
            Assert.Equal(SearchStatus.Proved, result.Status);
            Assert.Equal(all.Min(), result.Energy);
            Assert.Equal(all.Count(e => e == all.Min()), result.GroundStates);
        }
        Assert.Contains("at most 30", Assert.Throws<BadInputException>(() =>
            Search.Best(SmallEnergies.Of("cut", 31, 1), new Enumeration(), new())).Message);
    }

    [Theory, InlineData("tempering"), InlineData("annealing")]
    public void A_seed_gives_the_same_bytes_for_any_number_of_threads_and_after_a_stop_by_time(string method)
    {
        BinaryEnergy energy = SmallEnergies.Of("cut", 120, seed: 7, density: 0.1);
        SearchResult Run(int threads, StopRule stop) =>
            Search.Best(energy, SearchMethods.Of(method, energy), stop, seed: 9, new CpuBackend(threads));
        SearchResult one = Run(1, new() { Sweeps = 600 });
        foreach (int threads in (int[])[2, 3, 5]) Same(one, Run(threads, new() { Sweeps = 600 }));

        SearchResult timed = Run(2, new() { Seconds = 0.2 });
        Assert.Equal(SearchStatus.Seconds, timed.Status);
        Same(timed, Run(1, new() { Sweeps = timed.Sweeps }));

        static void Same(SearchResult a, SearchResult b)
        {
            Assert.Equal(a.Energy, b.Energy);
            Assert.Equal(a.Assignment, b.Assignment);
            Assert.Equal(a.Sweeps, b.Sweeps);
            Assert.Equal(a.Trace.Select(t => (t.Sweeps, t.Energy, t.Beta, t.Chain)), b.Trace.Select(t => (t.Sweeps, t.Energy, t.Beta,
                t.Chain)));
            Assert.Equal(a.Ladder, b.Ladder);
        }
    }

    [Theory, InlineData("tempering"), InlineData("annealing"), InlineData("descent")]
    public void More_chains_are_more_groups_of_64_and_decide_with_the_seed(string method)
    {
        BinaryEnergy energy = SmallEnergies.Of("cut", 120, seed: 7, density: 0.1);
        SearchResult Run(int chains, int threads) => Search.Best(energy, SearchMethods.Of(method, energy, new() { Chains = chains }),
            new() { Sweeps = 200 }, seed: 9, new CpuBackend(threads), solutions: 300);
        SearchResult few = Run(64, 1), many = Run(192, 1), again = Run(192, 2);
        Assert.Equal(many.Trace.Select(t => (t.Sweeps, t.Energy, t.Chain)), again.Trace.Select(t => (t.Sweeps, t.Energy, t.Chain)));
        Assert.Equal(many.Ladder, again.Ladder);
        Assert.Equal(3.0, many.Updates / many.Sweeps / (few.Updates / few.Sweeps), 0.4);
        Assert.True(many.Energy <= few.Energy + 2);
        // Each group has random numbers of its own: a copy of another would bring no further state.
        Assert.True(many.Solutions.Sum(s => s.Energy) < few.Solutions.Sum(s => s.Energy));
    }

    [Fact]
    public void Chains_come_in_groups()
    {
        foreach (int chains in (int[])[0, 1, 65, -64, PopulationAnnealing.MostChains + 64])
            Assert.Throws<ArgumentOutOfRangeException>(() => new SearchSettings { Chains = chains });
        Assert.Equal(new Tempering(), SearchMethods.Of("tempering", SmallEnergies.Of("cut", 5, 1), new() { Chains = 64 }));
        Assert.Equal(new Boltzmann.Searching.Annealing(),
            SearchMethods.Of("annealing", SmallEnergies.Of("cut", 5, 1), new() { Chains = 128 }));
    }

    [Fact]
    public void Each_rule_ends_a_search_and_says_so()
    {
        BinaryEnergy energy = SmallEnergies.Of("integers", 12, seed: 3);
        double least = SmallEnergies.All(energy).Min();
        SearchStatus End(StopRule stop) => Search.Best(energy, new Tempering(), stop, seed: 1).Status;
        Assert.Equal(SearchStatus.Target, End(new() { Target = least, Sweeps = 100_000 }));
        Assert.Equal(SearchStatus.Sweeps, End(new() { Target = least - 1, Sweeps = 40 }));
        Assert.Equal(SearchStatus.Seconds, End(new() { Seconds = 0.05 }));
        Assert.Equal(SearchStatus.Stalled, End(new() { StalledSweeps = 60 }));
        Assert.Equal(SearchStatus.Stalled, End(new() { StalledSeconds = 0.05 }));
        Assert.Equal(SearchStatus.Interrupted, End(new() { Cancellation = new CancellationToken(canceled: true) }));
    }

    [Fact]
    public void Zero_one_and_spin_forms_are_searched_at_the_same_temperatures()
    {
        var binary = new BinaryEnergyBuilder();
        var spins = new BinaryEnergyBuilder();
        binary.AddVariables(30);
        spins.AddVariables(30);
        var random = new Random(5);
        for (int i = 0; i < 30; i++)
            for (int j = 0; j < i; j++)
            {
                double weight = random.Next(-3, 4);
                spins.AddSpins(i, j, weight);
                binary.Add(i, j, 4 * weight);
                binary.Add(i, -2 * weight);
                binary.Add(j, -2 * weight);
                binary.Add(weight);
            }
        BinaryEnergy a = binary.Build(), b = spins.Build();
        Assert.Equal(TemperatureRange.Of(a), TemperatureRange.Of(b));
        var stop = new StopRule { Sweeps = 200 };
        Assert.Equal(Search.Best(a, new Tempering(), stop, 3).Trace.Select(t => t.Energy),
            Search.Best(b, new Tempering(), stop, 3).Trace.Select(t => t.Energy));
    }

    [Fact]
    public void Exchanges_become_equally_likely_and_chains_travel_the_whole_ladder()
    {
        // A spin glass on a torus: 20 by 20, weights ±1.
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(400);
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            builder.AddSpins(i, i / 20 * 20 + (i + 1) % 20, random.Next(2) * 2 - 1);
            builder.AddSpins(i, (i + 20) % 400, random.Next(2) * 2 - 1);
        }
        SearchResult result = Search.Best(builder.Build(), new Tempering(), new() { Sweeps = 4000 }, seed: 2);
        double[] rates = [.. result.Ladder.SkipLast(1).Select(rung => rung.SwapRate)];
        Assert.True(rates.Min() > 0.05, string.Join(" ", rates));
        Assert.True(rates.Max() < 0.95, string.Join(" ", rates));
        Assert.All(result.Ladder, rung => Assert.True(rung.RoundTrips > 0, $"beta {rung.Beta}: {rung.RoundTrips} round trips"));
        Assert.True(result.Ladder[0].Acceptance > 3 * result.Ladder[^1].Acceptance,
            $"{result.Ladder[0].Acceptance} … {result.Ladder[^1].Acceptance}");
    }

    [Fact]
    public void Different_states_are_kept_the_best_first()
    {
        // Three free pairs: 8 states of the least energy.
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(6);
        for (int i = 0; i < 6; i += 2) builder.AddSpins(i, i + 1, 1);
        BinaryEnergy energy = builder.Build();
        SearchResult result = Search.Best(energy, new Tempering(), new() { Sweeps = 400 }, seed: 1, solutions: 20);
        Assert.Equal(8, result.Solutions.Count(s => s.Energy == -3));
        Assert.Equal(result.Solutions.Select(s => s.Energy).Order(), result.Solutions.Select(s => s.Energy));
        Assert.Equal(result.Solutions.Count, result.Solutions.Select(s => string.Join("", s.Assignment)).Distinct().Count());
    }

    [Theory, InlineData("G1.txt", 11624), InlineData("G6.txt", 2178), InlineData("G11.txt", 564), InlineData("G13.txt", 582),
        InlineData("G43.txt", 6660)]
    public void Best_known_cuts_of_the_G_set_are_found_by_default(string file, double cut)
    {
        string? data = Environment.GetEnvironmentVariable(DataFolders.Variable);
        string path = Path.Combine(data ?? "", "gset", file);
        Assert.SkipUnless(data is not null && File.Exists(path), $"{DataFolders.Variable} names no folder with gset/{file}");
        SearchProblem problem = ProblemFile.Read(path);
        SearchResult result = Search.Best(problem.Energy, new Tempering(), new() { Target = -cut, Sweeps = 3000 });
        Assert.Equal(cut, problem.Objective.At(result.Energy));
    }
}
