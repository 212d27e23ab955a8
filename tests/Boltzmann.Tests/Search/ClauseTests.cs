using Boltzmann.Compute;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Clauses as terms of an energy: their meaning, how descent and groups of chains move in them.</summary>
public class ClauseTests
{
    static readonly string[] kinds = ["ones", "integers", "wide", "halves", "hub", "reals"];

    public static TheoryData<string, int> KindsAndWidths()
    {
        var data = new TheoryData<string, int>();
        foreach (string kind in kinds)
            foreach (int bits in (int[])[0, 128, 256, 512]) data.Add(kind, bits);
        return data;
    }

    static Backend BackendOf(int bits) => bits == 0 ? new ReferenceBackend() : new CpuBackend(1, bits);

    static ChainLanes Random(LaneProgram program, BinaryEnergy energy, Backend backend, double beta)
    {
        var chains = new ChainLanes(program, energy.Offset, seed: 3, group: 0) { Beta = 1e-9 * beta };
        backend.SweepLanes([chains], 1);
        chains.Beta = beta;
        return chains;
    }

    [Fact]
    public void The_energy_is_its_definition_at_every_state()
    {
        foreach (string kind in kinds)
            for (int seed = 0; seed < 12; seed++)
            {
                int n = 5 + seed % 8;
                BinaryEnergy energy = SmallFormulas.Of(kind, n, 4 * n, seed, out var definition);
                for (int k = 0; k < 1 << n; k++)
                {
                    byte[] state = SmallEnergies.State(k, n);
                    Assert.Equal(definition(state), energy.Of(state), 1e-9 * (1 + Math.Abs(definition(state))));
                }
            }
    }

    [Fact]
    public void Doubled_literals_are_merged_tautologies_left_out_and_equal_clauses_added_up()
    {
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(4);
        builder.AddClause([3, -1, 3], 2);
        builder.AddClause([2, 4, -2], 5);
        builder.AddClause([-1, 3], 1.5);
        builder.AddClause([4], 1);
        builder.AddClause([4], -1);
        builder.AddClause([], 7);
        BinaryEnergy energy = builder.Build();
        Assert.Equal(1, energy.Clauses);
        Assert.Equal([-1, 3], energy.Literals);
        Assert.Equal([0, 2], energy.ClauseStarts);
        Assert.Equal([3.5], energy.ClauseWeights);
        Assert.Equal(7, energy.Offset);
        Assert.Equal(10.5, energy.Of([1, 0, 0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddClause([1, 5], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddClause([0], 1));
        Assert.Throws<ArgumentException>(() => builder.AddClause([1], double.NaN));
    }

    [Fact]
    public void Many_clauses_of_the_same_literals_are_one_each()
    {
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(6);
        var random = new Random(4);
        for (int c = 0; c < 2000; c++)
        {
            int[] literals = [1, 2, 3];
            for (int i = 0; i < 3; i++) literals[i] *= random.Next(2) * 2 - 1;
            random.Shuffle(literals);
            builder.AddClause(literals, 1);
        }
        BinaryEnergy energy = builder.Build();
        Assert.Equal(8, energy.Clauses);
        Assert.Equal(2000, energy.ClauseWeights.ToArray().Sum());
    }

    [Fact]
    public void Temperatures_follow_the_clauses_weights()
    {
        BinaryEnergy ones = SmallFormulas.ThreeSat(20, 60, seed: 1);
        Assert.Equal(new TemperatureRange(1.5, 7), TemperatureRange.Of(ones));
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(4);
        builder.AddClause([1, 2, 3], 100);
        builder.AddClause([2, -3, 4], 1);
        // Hot for the mean weight, cold for the harmonic mean: a clause of weight 1 must freeze beside one of 100.
        TemperatureRange range = TemperatureRange.Of(builder.Build());
        Assert.Equal(1.5 / 50.5, range.Hot, 1e-12);
        Assert.Equal(7 * (1 + 0.01) / 2, range.Cold, 1e-12);
        builder.AddSpins(0, 1, 1000);
        range = TemperatureRange.Of(builder.Build());
        Assert.True(range.Hot < 1.5 / 50.5);
        Assert.Equal(7 * (1 + 0.01) / 2, range.Cold, 1e-12);
    }

    [Fact]
    public void Descent_ends_where_no_flip_lowers_the_energy()
    {
        var random = new Random(9);
        foreach (string kind in kinds)
            for (int seed = 0; seed < 20; seed++)
            {
                BinaryEnergy energy = SmallFormulas.Of(kind, 12, 50, seed, out _);
                var descent = new GreedyDescent(energy);
                for (int start = 0; start < 5; start++)
                {
                    byte[] state = SmallEnergies.State(random.Next(1 << 12), 12);
                    double before = energy.Of(state);
                    descent.Lower(state);
                    double least = energy.Of(state);
                    Assert.True(least <= before + 1e-9);
                    for (int i = 0; i < 12; i++)
                    {
                        state[i] ^= 1;
                        Assert.True(energy.Of(state) >= least - 1e-9);
                        state[i] ^= 1;
                    }
                }
            }
    }

    [Fact]
    public void All_states_enumerated_give_the_least_energy_and_its_number()
    {
        foreach (string kind in kinds)
        {
            BinaryEnergy energy = SmallFormulas.Of(kind, 10, 60, seed: 2, out _);
            double[] all = SmallEnergies.All(energy);
            SearchResult result = Search.Best(energy, new Enumeration(), new StopRule());
            Assert.Equal(SearchStatus.Proved, result.Status);
            Assert.Equal(all.Min(), result.Energy, 1e-9);
            Assert.Equal(all.Count(e => e < all.Min() + 1e-9), result.GroundStates);
        }
    }

    [Theory, MemberData(nameof(KindsAndWidths))]
    public void Carried_energies_are_those_of_the_states(string kind, int bits)
    {
        Backend backend = BackendOf(bits);
        BinaryEnergy energy = SmallFormulas.Of(kind, 40, 160, seed: 11, out _);
        double weight = energy.ClauseWeights.ToArray().Average();
        foreach (LaneForm form in Enum.GetValues<LaneForm>())
        {
            LaneProgram program = EnergyLanes.Compile(energy, form);
            ChainLanes chains = Random(program, energy, backend, 2 / weight);
            backend.SweepLanes([chains], bits is 0 or 512 ? 20 : 200);
            byte[] state = new byte[energy.Variables];
            double tolerance = program.Form == LaneForm.Floats ? 1e-2 * weight : 1e-9 * weight;
            for (int c = 0; c < ChainLanes.Count; c++)
            {
                chains.Get(c, state);
                Assert.Equal(energy.Of(state), chains.Energies[c], tolerance);
            }
            double[] carried = [.. chains.Energies];
            chains.Recompute();
            for (int c = 0; c < ChainLanes.Count; c++) Assert.Equal(carried[c], chains.Energies[c], tolerance);
            for (int p = 0; p < program.Units; p++)
                for (int c = 0; c < ChainLanes.Count; c++) Assert.NotEqual(chains.IsOn(p, c), chains.IsOn(program.Units + p, c));
        }
    }

    [Theory, InlineData(128), InlineData(256), InlineData(512)]
    public void Bytes_take_the_plain_loops_way_bit_for_bit(int bits)
    {
        foreach (string kind in (string[])["ones", "integers", "halves", "hub"])
            foreach (double beta in (double[])[0.02, 0.3, 5, 1e4])
            {
                BinaryEnergy energy = SmallFormulas.Of(kind, 70, 300, seed: 5, out _);
                LaneProgram program = EnergyLanes.Compile(energy, LaneForm.Bytes);
                Assert.Equal(LaneForm.Bytes, program.Form);
                Backend plain = new ReferenceBackend(), fast = new CpuBackend(1, bits);
                ChainLanes a = Random(program, energy, plain, beta), b = Random(program, energy, fast, beta);
                plain.SweepLanes([a], 4);
                fast.SweepLanes([b], 4);
                Assert.Equal(0, a.DifferenceFrom(b));
                Assert.Equal(a.Energies, b.Energies);
                Assert.Equal(a.Generator, b.Generator);
            }
    }

    [Fact]
    public void Weights_beyond_a_byte_are_moved_in_16_bits_some_or_all()
    {
        Assert.Contains(EnergyLanes.Compile(SmallFormulas.Of("wide", 40, 160, seed: 1, out _), LaneForm.Bytes).Segments, s => s.IsWide);
        Assert.Equal(LaneForm.Shorts, EnergyLanes.Compile(SmallFormulas.Of("wide", 40, 160, seed: 1, out _)).Form);
        Assert.Equal(LaneForm.Floats, EnergyLanes.Compile(SmallFormulas.Of("reals", 40, 160, seed: 1, out _)).Form);
        Assert.Equal(LaneForm.Bytes, EnergyLanes.Compile(SmallFormulas.ThreeSat(100, 420, seed: 1)).Form);
    }

    // Draws of a chain some sweeps apart count as independent: by McDiarmid's bound twice Σ √(p/N)/2, about 2.5 times the floor, is
    // exceeded with a probability below 10⁻⁶ for these state counts.
    [Theory, MemberData(nameof(KindsAndWidths))]
    public void Sweeps_leave_the_distribution_as_it_is(string kind, int bits)
    {
        Backend backend = BackendOf(bits);
        const int Variables = 6;
        BinaryEnergy energy = SmallFormulas.Of(kind, Variables, 16, seed: 7, out _);
        double beta = 1 / energy.ClauseWeights.ToArray().Average();
        foreach (LaneForm form in Enum.GetValues<LaneForm>())
        {
            ChainLanes chains = Random(EnergyLanes.Compile(energy, form), energy, backend, beta);
            backend.SweepLanes([chains], 60);
            int rounds = bits is 0 or 512 ? 300 : 3000;
            var counts = StateCounts.Of(energy, beta);
            for (int round = 0; round < rounds; round++)
            {
                backend.SweepLanes([chains], 8);
                counts.Add(chains);
            }
            counts.AgreeUpTo(2.5, $"{kind}, {form}, {bits}:");
        }
    }
}
