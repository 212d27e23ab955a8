using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Marginals by tempering and exactly, against all states.</summary>
public class MarginalTests
{
    [Theory, InlineData("cut", 1), InlineData("integers", 1), InlineData("wide", 1), InlineData("reals", 1), InlineData("spins", 1),
        InlineData("integers", 2), InlineData("reals", 3)]
    public void Tempering_measures_marginals_within_four_stated_errors(string kind, int groups)
    {
        double squares = 0;
        int count = 0;
        for (int seed = 1; seed <= 30; seed++)
        {
            BinaryEnergy energy = SmallEnergies.Of(kind, 4 + seed % 9, seed);
            double temperature = SmallSums.TemperatureFor(kind, seed);
            SearchResult result = Search.Best(energy, new Tempering { Temperature = temperature, Groups = groups },
                new() { Sweeps = 500 }, (ulong)seed);
            squares += new SmallSums(energy, temperature).SquaredErrors(result.Marginals!, within: 4);
            count += energy.Variables;
            Assert.Equal("tempering", result.Marginals!.Method);
        }
        Assert.InRange(Math.Sqrt(squares / count), 0.6, 1.3);
    }

    [Fact]
    public void Clauses_and_blocks_have_marginals_too_and_a_satisfied_formula_does_not_end_them()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            BinaryEnergy formula = SmallFormulas.ThreeSat(9, 12, seed, isPlanted: true);
            SearchResult result = Search.Best(formula, new Tempering { Temperature = 0.5 }, new() { Sweeps = 400, SatisfiedEnergy = 0 },
                (ulong)seed);
            Assert.Equal(SearchStatus.Sweeps, result.Status);
            Assert.Equal(0, result.Energy);
            new SmallSums(formula, 0.5).SquaredErrors(result.Marginals!, within: 4);

            var builder = new BinaryEnergyBuilder();
            builder.AddVariables(9);
            builder.AddBlock(0, 1, 2);
            builder.AddBlock(3, 4, 5, 6);
            var random = new Random(seed);
            for (int i = 0; i < 9; i++)
                for (int j = 0; j < i; j++) builder.Add(i, j, random.NextDouble() * 4 - 2);
            BinaryEnergy blocks = builder.Build();
            Marginals found = Search.Marginals(blocks, temperature: 0.8, new() { Sweeps = 400 }, (ulong)seed);
            new SmallSums(blocks, 0.8).SquaredErrors(found, within: 4);
            Assert.Equal(1, found.Means[0] + found.Means[1] + found.Means[2], 1e-9);
        }
    }

    [Fact]
    public void Exact_methods_tell_log_partition_and_marginals()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            string kind = ((string[])["reals", "integers", "tiny", "huge"])[seed % 4];
            double unit = kind switch { "tiny" => 1e-200, "huge" => 1e200, _ => 1 }, temperature = (0.2 + seed % 5) * unit;
            BinaryEnergy energy = SmallEnergies.Of(kind, 1 + seed % 11, seed, density: seed % 5 / 4.0);
            SmallSums exact = new(energy, temperature);
            foreach (ISearchMethod method in (ISearchMethod[])[new Enumeration { Temperature = temperature },
                new Elimination { Temperature = temperature }])
            {
                SearchResult result = Search.Best(energy, method, new());
                Assert.Equal(SearchStatus.Proved, result.Status);
                Assert.Equal(exact.LogPartition, result.LogPartition!.Value, 1e-8);
                Assert.Equal(0, result.LogPartition.StandardError);
                for (int i = 0; i < energy.Variables; i++) Assert.Equal(exact.Marginals[i], result.Marginals!.Means[i], 1e-9);
            }
            Assert.Equal("exact", Search.Marginals(energy, temperature, new()).Method);
        }
    }

    [Fact]
    public void Many_frustrated_spins_agree_with_elimination_and_other_methods_refuse()
    {
        BinaryEnergy glass = SmallSums.Glass(10, 3);
        ExactInference exact = ExactInference.Of(glass, beta: 1.5)!;
        SearchResult result = Search.Best(glass, new Tempering { Temperature = 1 / 1.5 }, new() { Sweeps = 4000 }, seed: 1);
        // A glass without fields keeps no side: all marginals are one half, and so are the exact ones.
        Marginals found = result.Marginals!;
        for (int i = 0; i < 100; i++)
            Assert.InRange(found.Means[i] - exact.Marginals[i], -4 * found.StandardErrors[i], 4 * found.StandardErrors[i]);
        Assert.Equal(1.5, result.Ladder[^1].Beta, 1e-9);
        Assert.False(found.AreDoubtful);
        foreach (string method in (string[])["annealing", "descent", "focused"])
            Assert.Contains("temperature", Assert.Throws<ArgumentException>(() =>
                SearchMethods.Of(method, glass, new() { Temperature = 1 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Search.Marginals(glass, temperature: 0, new()));
    }

    // Steps of 10⁷ T between states: a chain stays where it fell.
    [Fact]
    public void Chains_that_stand_still_are_told_to_be_doubtful()
    {
        BinaryEnergy glass = SearchWorkload.Graph(40, 400, seed: 4, random => 1e7 * (random.NextDouble() - 0.5));
        SearchResult cold = Search.Best(glass, new Tempering { Temperature = 0.7 }, new() { Sweeps = 400 }, seed: 1);
        Assert.True(cold.Marginals!.AreDoubtful);
        SearchResult warm = Search.Best(glass, new Tempering { Temperature = 2e7 }, new() { Sweeps = 400 }, seed: 1);
        Assert.False(warm.Marginals!.AreDoubtful);
    }
}
