using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>One-hot blocks: the lanes' kernel draws them as their softmax says, and descent moves them as one.</summary>
public class BlockTests
{
    public static TheoryData<int> Widths => [0, 128, 256, 512];

    [Theory, MemberData(nameof(Widths))]
    public void A_sweep_leaves_the_distribution_of_blocks_and_units_invariant(int bits)
    {
        const int Groups = 400, Sweeps = 3, States = 3 * 4 * 4;
        const double Beta = 0.7;
        BinaryEnergy energy = Mixed(seed: 4);
        LaneProgram program = Program(energy);
        byte[][] states = [.. SmallProblems.States(energy.Variables).Where(state => IsValid(energy, state))];
        Assert.Equal(States, states.Length);
        double[] weights = [.. states.Select(state => Math.Exp(-Beta * energy.Of(state)))];
        double total = weights.Sum();
        double[] share = [.. weights.Select(weight => weight / total)];
        var rng = new Rng(9);
        ChainLanes[] groups =
            [.. Enumerable.Range(0, Groups).Select(g => new ChainLanes(program, energy.Offset, 77, (uint)g) { Beta = Beta })];
        // Starts from the distribution itself: whatever it becomes is the kernel's doing.
        foreach (ChainLanes group in groups)
        {
            for (int c = 0; c < ChainLanes.Count; c++) group.Set(c, states[Drawn(share, rng.NextUniform())]);
            group.Recompute();
        }
        Backend backend = bits == 0 ? new ReferenceBackend() : new CpuBackend(1, bits);
        backend.SweepLanes(groups, Sweeps);
        var numbers = states.Select((state, number) => (Key: Convert.ToHexString(state), number))
            .ToDictionary(pair => pair.Key, pair => pair.number);
        var counts = new StateCounts(share);
        byte[] now = new byte[energy.Variables];
        foreach (ChainLanes group in groups)
            for (int c = 0; c < ChainLanes.Count; c++)
            {
                group.Get(c, now);
                Assert.True(IsValid(energy, now), "a block with other than one unit on");
                Assert.Equal(energy.Of(now), group.Energies[c], 1e-4);
                counts.Add(numbers[Convert.ToHexString(now)]);
            }
        // By far beyond five deviations of a sum of binomial counts' absolute deviations.
        counts.AgreeUpTo(2);
    }

    [Fact]
    public void Carried_energies_of_blocks_equal_recomputed_ones_after_many_sweeps()
    {
        BinaryEnergy energy = Mixed(seed: 8);
        var group = new ChainLanes(Program(energy), energy.Offset, 3, 0) { Beta = 0.5 };
        new CpuBackend(1).SweepLanes([group], 100_000);
        double[] carried = [.. group.Energies];
        group.Recompute();
        // Each sweep rounds a difference in float, at most 2⁻²⁴ of some ten units of energy: 10⁵ of them wander by √10⁵ of that.
        for (int c = 0; c < ChainLanes.Count; c++) Assert.Equal(group.Energies[c], carried[c], 5e-3);
    }

    [Theory]
    [InlineData(1, 40, 0)]
    [InlineData(1, 40, 256)]
    [InlineData(5, 20, 128)]
    [InlineData(5, 20, 256)]
    [InlineData(5, 20, 512)]
    public void Blocks_whose_noise_is_made_in_several_pieces_are_drawn_like_small_ones(int blocks, int size, int bits)
    {
        // Unit k of a block has energy ln(k + 1), so its share is 1/(k + 1) of the harmonic sum.
        const int Groups = 100;
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(blocks * size);
        for (int i = 0; i < blocks * size; i++) builder.Add(i, Math.Log(i % size + 1));
        for (int b = 0; b < blocks; b++) builder.AddBlock([.. Enumerable.Range(b * size, size)]);
        BinaryEnergy energy = builder.Build();
        LaneProgram program = Program(energy);
        ChainLanes[] groups = [.. Enumerable.Range(0, Groups).Select(g => new ChainLanes(program, 0, 5, (uint)g) { Beta = 1 })];
        Backend backend = bits == 0 ? new ReferenceBackend() : new CpuBackend(1, bits);
        backend.SweepLanes(groups, 1);
        double harmonic = Enumerable.Range(1, size).Sum(k => 1.0 / k), chains = Groups * ChainLanes.Count;
        for (int p = 0; p < program.Units; p++)
        {
            double expected = 1 / ((program.Order[p] % size + 1) * harmonic);
            int count = groups.Sum(group => Enumerable.Range(0, ChainLanes.Count).Count(c => group.IsOn(p, c)));
            // Five deviations: one false alarm in 20 000 runs of a hundred units.
            Assert.InRange(count / chains, expected - 5 * Math.Sqrt(expected / chains), expected + 5 * Math.Sqrt(expected / chains));
        }
    }

    [Fact]
    public void Descent_ends_where_no_flip_and_no_move_of_a_block_lowers_the_energy()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            BinaryEnergy energy = Mixed(seed);
            var descent = new GreedyDescent(energy);
            foreach (byte[] start in SmallProblems.States(energy.Variables).Where(state => IsValid(energy, state)))
            {
                byte[] state = [.. start];
                descent.Lower(state);
                double reached = energy.Of(state);
                Assert.True(IsValid(energy, state));
                Assert.True(reached <= energy.Of(start) + 1e-12);
                for (int i = 0; i < state.Length; i++)
                {
                    byte[] next = [.. state];
                    if (energy.Blocks.FirstOrDefault(block => block.Contains(i)) is IReadOnlyList<int> own)
                    {
                        foreach (int other in own) next[other] = 0;
                        next[i] = 1;
                    }
                    else next[i] ^= 1;
                    Assert.True(energy.Of(next) >= reached - 1e-9, $"seed {seed}: variable {i} lowers the energy");
                }
            }
        }
    }

    // Blocks of 3 and 4 units and two units by themselves, all joined.
    static BinaryEnergy Mixed(ulong seed)
    {
        var rng = new Rng(seed);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(9);
        for (int i = 0; i < 9; i++)
        {
            builder.Add(i, 4 * rng.NextUniform() - 2);
            for (int j = 0; j < i; j++) builder.Add(i, j, 4 * rng.NextUniform() - 2);
        }
        builder.AddBlock(0, 4, 8);
        builder.AddBlock(1, 2, 5, 7);
        builder.Add(0.25);
        return builder.Build();
    }

    static LaneProgram Program(BinaryEnergy energy)
    {
        var (linear, first, second, weights) = energy.Parts;
        return LaneCompiler.Compile(linear, first, second, weights, blocks: energy.Blocks);
    }

    static int Drawn(double[] share, double u)
    {
        int s = 0;
        for (; s < share.Length - 1 && u >= share[s]; s++) u -= share[s];
        return s;
    }

    static bool IsValid(BinaryEnergy energy, byte[] state) => energy.Blocks.All(block => block.Count(i => state[i] != 0) == 1);
}
