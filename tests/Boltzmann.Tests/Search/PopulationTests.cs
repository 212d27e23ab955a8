using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Population annealing: log Z, marginals and numbers of ground states against all states.</summary>
public class PopulationTests
{
    [Theory, InlineData("cut"), InlineData("integers"), InlineData("wide"), InlineData("reals"), InlineData("spins")]
    public void Log_partition_and_marginals_lie_within_four_stated_errors_of_the_sum_over_all_states(string kind)
    {
        double squares = 0, logSquares = 0;
        int count = 0;
        const int Seeds = 30;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            BinaryEnergy energy = SmallEnergies.Of(kind, 4 + seed % 9, seed);
            double temperature = SmallSums.TemperatureFor(kind, seed);
            SmallSums exact = new(energy, temperature);
            SearchResult result = Search.Best(energy, new PopulationAnnealing { Temperature = temperature }, new() { Sweeps = 500 },
                (ulong)seed);
            LogPartitionAt log = result.LogPartition!;
            Assert.Equal(1 / temperature, log.Beta);
            Assert.InRange(log.Value, exact.LogPartition - 4 * log.StandardError, exact.LogPartition + 4 * log.StandardError);
            logSquares += Math.Pow((log.Value - exact.LogPartition) / log.StandardError, 2);
            squares += exact.SquaredErrors(result.Marginals!, within: 4);
            count += energy.Variables;
        }
        // Errors are what they say: neither far too small nor so large that they say nothing.
        Assert.InRange(Math.Sqrt(squares / count), 0.7, 1.3);
        Assert.InRange(Math.Sqrt(logSquares / Seeds), 0.3, 1.3);
    }

    [Theory, InlineData("ones"), InlineData("reals")]
    public void Clauses_are_sampled_too(string kind)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            BinaryEnergy energy = SmallFormulas.Of(kind, 9, 20, seed, out _);
            SmallSums exact = new(energy, temperature: 0.7);
            SearchResult result = Search.Best(energy, new PopulationAnnealing { Temperature = 0.7 }, new() { Sweeps = 500 }, (ulong)seed);
            LogPartitionAt log = result.LogPartition!;
            Assert.InRange(log.Value, exact.LogPartition - 4 * log.StandardError, exact.LogPartition + 4 * log.StandardError);
            exact.SquaredErrors(result.Marginals!, within: 4);
        }
    }

    [Fact]
    public void Ground_states_are_counted_from_their_share()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            BinaryEnergy energy = SmallEnergies.Of("spins", 12, seed);
            double[] all = SmallEnergies.All(energy);
            SearchResult result = Search.Best(energy, new PopulationAnnealing(), new() { Sweeps = 800 }, (ulong)seed);
            PopulationEstimate last = result.Population!;
            Assert.Equal(all.Min(), result.Energy);
            Assert.Equal(all.Count(e => e == all.Min()), last.GroundStates, 0.2 * last.GroundStates);
            Assert.InRange(last.GroundStateShare, 0.2, 1);
        }
    }

    [Fact]
    public void A_grid_too_large_for_enumeration_has_the_log_partition_of_elimination()
    {
        BinaryEnergy grid = SmallSums.Glass(10, 1);
        foreach (double temperature in (double[])[0.5, 1, 3])
        {
            double exact = ExactInference.Of(grid, 1 / temperature)!.LogPartition;
            LogPartitionAt log = Search.Best(grid, new PopulationAnnealing { Temperature = temperature }, new() { Sweeps = 2000 }, 1)
                .LogPartition!;
            Assert.InRange(log.Value, exact - 4 * log.StandardError, exact + 4 * log.StandardError);
            Assert.InRange(log.StandardError, 0, 0.5);
        }
    }

    [Fact]
    public void A_population_that_is_too_small_says_so_and_the_next_one_is_larger()
    {
        BinaryEnergy glass = SmallSums.Glass(16, 2);
        SearchResult first = Search.Best(glass, new PopulationAnnealing { Chains = 64 }, new() { Sweeps = 2000 }, 1);
        Assert.True(first.Population!.IsTooSmall);
        SearchResult more = Search.Best(glass, new PopulationAnnealing { Chains = 64 }, new() { Sweeps = 20_000 }, 1);
        Assert.True(more.Population!.Chains > 64, $"{more.Population}");
        Assert.True(more.Population.Families >= 1 && more.Population.FamilySize >= 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PopulationAnnealing { Chains = 100 });
    }

    [Fact]
    public void A_seed_gives_the_same_bytes_for_any_number_of_threads()
    {
        BinaryEnergy energy = SmallEnergies.Of("cut", 60, seed: 7, density: 0.2);
        SearchResult Run(int threads) => Search.Best(energy, new PopulationAnnealing { Temperature = 0.4, Chains = 256 },
            new() { Sweeps = 400 }, seed: 9, new CpuBackend(threads));
        SearchResult one = Run(1);
        foreach (int threads in (int[])[2, 3, 5])
        {
            SearchResult other = Run(threads);
            Assert.Equal(one.LogPartition, other.LogPartition);
            Assert.Equal(one.Marginals!.Means, other.Marginals!.Means);
            Assert.Equal(one.Assignment, other.Assignment);
            Assert.Equal(one.Ladder, other.Ladder);
        }
    }
}
