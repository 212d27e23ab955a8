using Boltzmann.Compute;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Groups of 64 chains: every form and vector width against plain loops and enumeration.</summary>
public class LaneTests
{
    public static TheoryData<string, int> KindsAndWidths()
    {
        var data = new TheoryData<string, int>();
        foreach (string kind in (string[])["cut", "integers", "wide", "reals", "spins", "tiny", "huge"])
            foreach (int bits in (int[])[0, 128, 256, 512]) data.Add(kind, bits);
        return data;
    }

    static readonly string[] kinds = ["cut", "integers", "spins"];

    static Backend BackendOf(int bits) => bits == 0 ? new ReferenceBackend() : new CpuBackend(1, bits);

    static LaneProgram Compile(BinaryEnergy energy, LaneForm? form = null)
    {
        var (linear, first, second, weights) = energy.Parts;
        return LaneCompiler.Compile(linear, first, second, weights, form);
    }

    static ChainLanes Random(LaneProgram program, BinaryEnergy energy, Backend backend, double beta)
    {
        var chains = new ChainLanes(program, energy.Offset, seed: 3, group: 0) { Beta = 1e-9 * beta };
        backend.SweepLanes([chains], 1);
        chains.Beta = beta;
        return chains;
    }

    [Theory, MemberData(nameof(KindsAndWidths))]
    public void Carried_energies_are_those_of_the_states(string kind, int bits)
    {
        Backend backend = BackendOf(bits);
        BinaryEnergy energy = SmallEnergies.Of(kind, 40, seed: 11);
        foreach (LaneForm form in Enum.GetValues<LaneForm>())
        {
            LaneProgram program = Compile(energy, form);
            ChainLanes chains = Random(program, energy, backend, 0.6 / energy.TypicalField);
            backend.SweepLanes([chains], bits == 0 ? 20 : 200);
            byte[] state = new byte[energy.Variables];
            // Floats round: each of the changes by a part in 10⁷ of the largest difference.
            double tolerance = program.Form == LaneForm.Floats ? 1e-3 * energy.TypicalField : 1e-9 * energy.TypicalField;
            for (int c = 0; c < ChainLanes.Count; c++)
            {
                chains.Get(c, state);
                Assert.Equal(energy.Of(state), chains.Energies[c], tolerance);
            }
            double[] carried = [.. chains.Energies];
            chains.Recompute();
            for (int c = 0; c < ChainLanes.Count; c++) Assert.Equal(carried[c], chains.Energies[c], tolerance);
        }
    }

    [Theory, InlineData(128), InlineData(256), InlineData(512)]
    public void Bytes_take_the_plain_loops_way_bit_for_bit(int bits)
    {
        foreach (string kind in kinds)
            foreach (double beta in (double[])[0.02, 0.3, 5, 1e4])
            {
                // Wide sums too: a hub that is joined to all.
                BinaryEnergy energy = SmallEnergies.Of(kind, 70, seed: 5, density: kind == "integers" ? 0.1 : 0.9);
                LaneProgram program = Compile(energy, LaneForm.Bytes);
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

    [Theory, InlineData(128), InlineData(256), InlineData(512)]
    public void Noise_takes_the_plain_loops_way_but_for_its_rounding(int bits)
    {
        foreach (LaneForm form in (LaneForm[])[LaneForm.Shorts, LaneForm.Floats])
        {
            BinaryEnergy energy = SmallEnergies.Of("wide", 60, seed: 8);
            LaneProgram program = Compile(energy, form);
            Assert.Equal(form, program.Form);
            Backend plain = new ReferenceBackend(), fast = new CpuBackend(1, bits);
            ChainLanes a = Random(program, energy, plain, 0.01), b = Random(program, energy, fast, 0.01);
            plain.SweepLanes([a], 1);
            fast.SweepLanes([b], 1);
            // Logarithms differ by 2 ulp, a part in 10⁷ of a draw's range, and 7680 draws were made.
            Assert.InRange(a.DifferenceFrom(b), 0, 2.0 / (60 * ChainLanes.Count));
        }
    }

    [Theory, MemberData(nameof(KindsAndWidths))]
    public void A_sweep_leaves_the_Boltzmann_distribution_as_it_is(string kind, int bits)
    {
        Backend backend = BackendOf(bits);
        const int Variables = 6;
        BinaryEnergy energy = SmallEnergies.Of(kind, Variables, seed: 4);
        double beta = 0.5 / energy.TypicalField;
        foreach (LaneForm form in Enum.GetValues<LaneForm>())
        {
            ChainLanes chains = Random(Compile(energy, form), energy, backend, beta);
            var counts = StateCounts.Of(energy, beta);
            backend.SweepLanes([chains], 20);
            int rounds = bits == 0 ? 100 : 400;
            for (int round = 0; round < rounds; round++)
            {
                // Some sweeps lie between two looks, so that these are nearly independent.
                backend.SweepLanes([chains], 4);
                counts.Add(chains);
            }
            // Expected is the floor times √(autocorrelation time), here below 2; its own deviation is a tenth of it.
            counts.AgreeUpTo(2.5, $"{form}:");
        }
    }

    [Fact]
    public void Chances_are_right_to_two_to_the_minus_17_and_certain_at_the_ends()
    {
        foreach (bool half in (bool[])[false, true])
            foreach (double step in (double[])[1e-6, 0.05, 0.7, 40])
            {
                var thresholds = new LaneThresholds(new LaneSegment(0, 1, half, false, -127, 127), step);
                for (int g = -127; g <= 127; g++)
                {
                    int on = 0;
                    for (int r1 = -128; r1 < 128; r1++)
                        for (int r2 = -128; r2 < 128; r2++)
                            if (thresholds.IsOn(g, (sbyte)r1, (sbyte)r2)) on++;
                    double exact = 1 / (1 + Math.Exp(step * (g + (half ? 0.5 : 0))));
                    Assert.Equal(exact, on / 65536.0, Math.ScaleB(1, -17) + 1e-12);
                    if (exact < 1e-9) Assert.Equal(0, on);
                    if (exact > 1 - 1e-9) Assert.Equal(65536, on);
                }
            }
    }

    [Fact]
    public void Exchanged_chains_keep_their_energies()
    {
        foreach (LaneForm form in Enum.GetValues<LaneForm>())
        {
            BinaryEnergy energy = SmallEnergies.Of("integers", 30, seed: 2, density: 0.3);
            LaneProgram program = Compile(energy, form);
            var backend = new CpuBackend(1);
            ChainLanes a = Random(program, energy, backend, 0.1), b = Random(program, energy, backend, 1);
            backend.SweepLanes([a, b], 5);
            double[] before = [.. a.Energies, .. b.Energies];
            sbyte[] mask = [.. Enumerable.Range(0, ChainLanes.Count).Select(c => (sbyte)(c % 3 == 0 ? -1 : 0))];
            a.Exchange(b, mask);
            byte[] state = new byte[energy.Variables];
            for (int c = 0; c < ChainLanes.Count; c++)
            {
                bool moved = mask[c] != 0;
                Assert.Equal(before[moved ? ChainLanes.Count + c : c], a.Energies[c]);
                Assert.Equal(before[moved ? c : ChainLanes.Count + c], b.Energies[c]);
                a.Get(c, state);
                Assert.Equal(energy.Of(state), a.Energies[c], 1e-3);
            }
        }
    }

    [Fact]
    public void Chains_that_begin_at_others_have_their_states_and_energies_and_go_their_own_way()
    {
        foreach (LaneForm form in Enum.GetValues<LaneForm>())
        {
            BinaryEnergy energy = SmallEnergies.Of("integers", 30, seed: 2, density: 0.3);
            LaneProgram program = Compile(energy, form);
            var backend = new CpuBackend(1);
            ChainLanes old = Random(program, energy, backend, 0.1);
            var copy = new ChainLanes(program, energy.Offset, seed: 3, group: 1) { Beta = 0.1 };
            copy.BeginAt(old);
            Assert.Equal(0, copy.DifferenceFrom(old));
            Assert.Equal(old.Energies, copy.Energies);
            backend.SweepLanes([old, copy], 1);
            Assert.NotEqual(0, copy.DifferenceFrom(old));
        }
    }

    [Fact]
    public void Sums_that_leave_a_byte_are_moved_in_16_bits_beside_the_others()
    {
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(600);
        for (int i = 1; i < 600; i++)
        {
            builder.Add(0, i, i % 2 == 0 ? 2 : -1);
            for (int j = 1; j < 4 && i + j < 600; j++) builder.Add(i, i + j, 1);
        }
        BinaryEnergy energy = builder.Build();
        LaneProgram program = Compile(energy);
        Assert.Equal(LaneForm.Bytes, program.Form);
        Assert.Contains(program.Segments, s => s is { IsWide: true, End: var end, First: var first } && end - first == 1);
        var backend = new CpuBackend(1);
        ChainLanes chains = Random(program, energy, backend, 0.3);
        backend.SweepLanes([chains], 50);
        double[] carried = [.. chains.Energies];
        chains.Recompute();
        Assert.Equal(carried, chains.Energies);
    }

    [Theory, InlineData(2), InlineData(3), InlineData(5)]
    public void Groups_move_as_by_one_thread_however_many_share_them_and_each_is_told_once(int threads)
    {
        BinaryEnergy energy = SmallEnergies.Of("integers", 40, seed: 6);
        LaneProgram program = Compile(energy);
        Backend one = new CpuBackend(1), many = new CpuBackend(threads);
        for (int count = 1; count <= 9; count++)
            for (int sweeps = 1; sweeps <= 5; sweeps++)
            {
                ChainLanes[] a = Groups(), b = Groups();
                one.SweepLanes(a, sweeps);
                int[] told = new int[count];
                ulong[][] generators = new ulong[count][];
                many.SweepLanes(b, sweeps, g =>
                {
                    Interlocked.Increment(ref told[g]);
                    generators[g] = [.. b[g].Generator];
                });
                Assert.All(told, times => Assert.Equal(1, times));
                for (int g = 0; g < count; g++)
                {
                    // Nothing moves a group that was told.
                    Assert.Equal(a[g].Generator, generators[g]);
                    Assert.Equal(a[g].Generator, b[g].Generator);
                    Assert.Equal(0, a[g].DifferenceFrom(b[g]));
                    Assert.Equal(a[g].Energies, b[g].Energies);
                    Assert.Equal(a[g].Sums, b[g].Sums);
                    Assert.Equal((a[g].BestEnergy, a[g].BestAt), (b[g].BestEnergy, b[g].BestAt));
                }

                ChainLanes[] Groups() => [.. Enumerable.Range(0, count).Select(g => new ChainLanes(program, energy.Offset, 3, (uint)g)
                {
                    Beta = (1 + g) / energy.TypicalField,
                })];
            }
    }

    [Fact]
    public void A_warm_sweep_allocates_nothing()
    {
        foreach (string kind in (string[])["cut", "wide", "reals"])
        {
            BinaryEnergy energy = SmallEnergies.Of(kind, 50, seed: 1);
            var backend = new CpuBackend(1);
            ChainLanes[] chains = [Random(Compile(energy), energy, backend, 1 / energy.TypicalField)];
            Assert.Equal(0, Allocation.Least(() => backend.SweepLanes(chains, 3)));
        }
    }
}
