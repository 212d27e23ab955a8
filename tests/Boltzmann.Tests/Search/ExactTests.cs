using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Exact methods against all states.</summary>
public class ExactTests
{
    [Fact]
    public void Elimination_finds_the_minimum_and_counts_its_states_as_enumeration_does()
    {
        int counted = 0;
        for (int seed = 1; seed <= 300; seed++)
            foreach (string kind in (string[])["spins", "integers", "reals", "cut"])
            {
                BinaryEnergy energy = SmallEnergies.Of(kind, 1 + seed % 11, seed, density: seed % 5 / 4.0);
                double[] all = SmallEnergies.All(energy);
                double least = all.Min();
                SearchResult result = Search.Best(energy, new Elimination(), new());
                Assert.Equal(SearchStatus.Proved, result.Status);
                Assert.Equal(least, result.Energy, 1e-9);
                Assert.Equal(all.Count(e => e <= least + 1e-9), result.GroundStates);
                counted++;
            }
        Assert.Equal(1200, counted);
    }

    [Fact]
    public void Log_partition_and_marginals_are_those_of_all_states()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            BinaryEnergy energy = SmallEnergies.Of(seed % 2 == 0 ? "reals" : "integers", 1 + seed % 10, seed, density: seed % 4 / 3.0);
            double beta = 0.1 + seed % 7 * 0.4;
            double[] all = SmallEnergies.All(energy);
            double least = all.Min(), z = all.Sum(e => Math.Exp(-beta * (e - least)));
            ExactInference exact = ExactInference.Of(energy, beta)!;
            Assert.Equal(Math.Log(z) - beta * least, exact.LogPartition, 1e-9);
            for (int i = 0; i < energy.Variables; i++)
            {
                double on = all.Where((_, k) => (k >> i & 1) != 0).Sum(e => Math.Exp(-beta * (e - least))) / z;
                Assert.Equal(on, exact.Marginals[i], 1e-9);
            }
        }
    }

    [Fact]
    public void Long_chains_and_trees_are_solved_at_once_and_dense_graphs_refused()
    {
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(50_000);
        var random = new Random(1);
        double bound = 0;
        for (int i = 1; i < 50_000; i++)
        {
            double weight = random.Next(2) * 2 - 1;
            builder.AddSpins(random.Next(i), i, weight);
            bound -= 1;
        }
        // A tree is not frustrated: every pair has its way, and all spins may turn.
        BinaryEnergy tree = builder.Build();
        Assert.True(Elimination.IsQuick(tree));
        SearchResult result = Search.Best(tree, new Elimination(), new());
        Assert.Equal(bound, result.Energy);
        Assert.Equal(2, result.GroundStates);
        Assert.Equal(50_000 * Math.Log(2) + 49_999 * Math.Log(Math.Cosh(0.7)), ExactInference.Of(tree, 0.7)!.LogPartition, 1e-5);

        BinaryEnergy dense = SmallEnergies.Of("cut", 60, seed: 1, density: 1);
        Assert.False(Elimination.IsPossible(dense));
        Assert.Null(ExactInference.Of(dense, 1));
        Assert.Contains("meet at a time", Assert.Throws<BadInputException>(() => Search.Best(dense, new Elimination(), new())).Message);
    }
}
