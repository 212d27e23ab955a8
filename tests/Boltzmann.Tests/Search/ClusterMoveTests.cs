using Boltzmann.Compute;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Clusters of units that change places between two chains.</summary>
public sealed class ClusterMoveTests
{
    const int Half = ChainLanes.Count / 2;

    static ChainLanes Chains(BinaryEnergy energy, double beta, LaneForm? form = null)
    {
        var chains = new ChainLanes(EnergyLanes.Compile(energy, form), energy.Offset, seed: 5, group: 0) { Beta = 1e-9 * beta };
        new CpuBackend(1).SweepLanes([chains], 1);
        chains.Beta = beta;
        return chains;
    }

    static byte[][] States(ChainLanes chains) => [.. Enumerable.Range(0, ChainLanes.Count).Select(c =>
    {
        byte[] state = new byte[chains.Program.Units];
        chains.Get(c, state);
        return state;
    })];

    [Theory, InlineData("cut", 0.05), InlineData("integers", 0.05), InlineData("spins", 0.1), InlineData("wide", 0.05),
        InlineData("reals", 0.05)]
    public void What_changes_places_is_a_cluster_of_neighbours_that_differ_and_both_energies_keep_their_sum(string kind, double density)
    {
        BinaryEnergy energy = SmallEnergies.Of(kind, 60, seed: 3, density: density);
        ChainLanes chains = Chains(energy, 1 / energy.TypicalField);
        var moves = new ClusterMoves(chains);
        var backend = new CpuBackend(1);
        var (starts, others, _) = energy.Adjacency;
        int moved = 0;
        for (ulong round = 0; round < 20; round++)
        {
            backend.SweepLanes([chains], 3);
            byte[][] before = States(chains);
            double[] energies = [.. chains.Energies];
            moves.Move(new Rng(1, 2, round).NextDraw(), 0);
            byte[][] after = States(chains);
            for (int k = 0; k < Half; k++)
            {
                int[] changed = [.. Enumerable.Range(0, 60).Where(i => before[k][i] != after[k][i])];
                foreach (int i in Enumerable.Range(0, 60))
                    Assert.Equal((before[k][i], before[k + Half][i]), changed.Contains(i) ? (after[k + Half][i], after[k][i])
                        : (after[k][i], after[k + Half][i]));
                bool anyDiffer = !before[k].AsSpan().SequenceEqual(before[k + Half]);
                Assert.Equal(anyDiffer, changed.Length > 0);
                if (anyDiffer) Assert.Equal(Component(changed[0], before[k], before[k + Half]), changed);
                moved += changed.Length;
                double tolerance = (kind == "reals" ? 1e-4 : 1e-12) * energy.TypicalField;
                Assert.Equal(energies[k] + energies[k + Half], chains.Energies[k] + chains.Energies[k + Half], tolerance);
                Assert.Equal(energy.Of(after[k]), chains.Energies[k], tolerance);
                Assert.Equal(energy.Of(after[k + Half]), chains.Energies[k + Half], tolerance);
            }
        }
        Assert.True(moved > 0);

        int[] Component(int from, byte[] a, byte[] b)
        {
            var reached = new SortedSet<int> { from };
            var open = new Stack<int>([from]);
            while (open.TryPop(out int i))
                for (int k = starts[i]; k < starts[i + 1]; k++)
                    if (a[others[k]] != b[others[k]] && reached.Add(others[k])) open.Push(others[k]);
            return [.. reached];
        }
    }

    [Theory, InlineData("cut"), InlineData("integers"), InlineData("reals")]
    public void Moves_leave_the_Boltzmann_distribution_as_it_is(string kind)
    {
        const int Variables = 6;
        BinaryEnergy energy = SmallEnergies.Of(kind, Variables, seed: 4, density: 0.4);
        double beta = 0.7 / energy.TypicalField;
        ChainLanes chains = Chains(energy, beta);
        var moves = new ClusterMoves(chains);
        var backend = new CpuBackend(1);
        var counts = StateCounts.Of(energy, beta);
        for (int look = -5; look < 600; look++)
        {
            backend.SweepLanes([chains], 3);
            moves.Move(new Rng(1, 2, (ulong)(look + 5)).NextDraw(), 0);
            if (look >= 0) counts.Add(chains);
        }
        counts.AgreeUpTo(2.5);
    }

    [Fact]
    public void A_search_with_clusters_is_the_same_for_any_number_of_threads_and_finds_the_least()
    {
        BinaryEnergy energy = SearchWorkload.Grid(6, seed: 2);
        double least = Search.Best(energy, new Elimination(), new()).Energy;
        var method = new Tempering { ClusterMoves = true };
        SearchResult one = Search.Best(energy, method, new() { Sweeps = 200 }, 1, new CpuBackend(1));
        SearchResult three = Search.Best(energy, method, new() { Sweeps = 200 }, 1, new CpuBackend(3));
        Assert.Equal(least, one.Energy);
        Assert.Equal(one.Assignment, three.Assignment);
        Assert.Equal(one.Trace.Select(point => point.Energy), three.Trace.Select(point => point.Energy));
        Assert.Equal(one.Ladder, three.Ladder);
    }

    [Fact]
    public void Clauses_blocks_and_marginals_have_no_clusters()
    {
        var method = new Tempering { ClusterMoves = true };
        BinaryEnergy clauses = SearchWorkload.Formula(30, 60, 1);
        Assert.Throws<ArgumentException>(() => Search.Best(clauses, method, new() { Sweeps = 8 }));
        BinaryEnergy grid = SearchWorkload.Grid(6, seed: 2);
        Assert.Throws<ArgumentException>(() => Search.Best(grid, method with { Temperature = 1 }, new() { Sweeps = 8 }));
    }
}
