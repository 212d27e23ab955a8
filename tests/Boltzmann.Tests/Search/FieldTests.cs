using System.Runtime.Intrinsics;
using Boltzmann.Compute;
using Boltzmann.Compute.Cpu;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Chains whose fields are kept, against those whose sums are made anew.</summary>
public sealed class FieldTests
{
    public static TheoryData<string, int> KindsAndWidths()
    {
        var data = new TheoryData<string, int>();
        foreach (string kind in (string[])["signs", "halves", "integers", "large", "whole floats", "reals"])
            foreach (int bits in (int[])[128, 256, 512]) data.Add(kind, bits);
        return data;
    }

    // All joined. What sums leave a byte, what leaves 16 bits, and what is not whole.
    static BinaryEnergy Dense(string kind, int variables, int seed = 1)
    {
        var rng = new Rng((ulong)seed);
        var energy = new BinaryEnergyBuilder();
        energy.AddVariables(variables);
        for (int i = 0; i < variables; i++)
        {
            if (kind == "halves" && i % 3 == 0) energy.AddSpin(i, 1);
            if (kind is "integers" or "large") energy.Add(i, rng.NextInteger(201) - 100);
            for (int j = 0; j < i; j++)
                if (kind is "signs" or "halves") energy.AddSpins(i, j, 2 * rng.NextInteger(2) - 1);
                else if (kind == "reals") energy.AddSpins(i, j, 2 * rng.NextUniform() - 1);
                else energy.Add(i, j, kind switch
                {
                    "integers" => rng.NextInteger(21) - 10,
                    "large" => 2 * rng.NextInteger(161) - 161,
                    _ => 2 * rng.NextInteger(4001) - 4001,
                });
        }
        return energy.Build();
    }

    static ChainLanes Chains(LaneProgram program, BinaryEnergy energy, double beta, uint group = 0)
    {
        var chains = new ChainLanes(program, energy.Offset, seed: 3, group) { Beta = 1e-9 * beta };
        Anew(chains, 512);
        chains.Beta = beta;
        return chains;
    }

    static void Anew(ChainLanes chains, int bits)
    {
        foreach (LaneSegment segment in chains.Program.Segments)
            if (bits == 512) NoiseSweep<Vector512<sbyte>, Lanes512, Vector512<float>, Single512>.Run(chains, segment);
            else if (bits == 256) NoiseSweep<Vector256<sbyte>, Lanes256, Vector256<float>, Single256>.Run(chains, segment);
            else NoiseSweep<Vector128<sbyte>, Lanes128, Vector128<float>, Single128>.Run(chains, segment);
        chains.AfterSweep(0);
    }

    static void Kept(ChainLanes chains, ChainFields fields, int bits)
    {
        if (bits == 512) FieldSweep<Vector512<sbyte>, Lanes512, Vector512<float>, Single512>.Run(chains, fields);
        else if (bits == 256) FieldSweep<Vector256<sbyte>, Lanes256, Vector256<float>, Single256>.Run(chains, fields);
        else FieldSweep<Vector128<sbyte>, Lanes128, Vector128<float>, Single128>.Run(chains, fields);
        chains.AfterSweep(0);
    }

    [Theory, MemberData(nameof(KindsAndWidths))]
    public void Kept_fields_take_the_way_of_sums_made_anew_bit_for_bit(string kind, int bits)
    {
        // No multiple of a block's 32; signs need so many that sums leave a byte.
        BinaryEnergy energy = Dense(kind, kind is "signs" or "halves" ? 331 : 173);
        LaneProgram program = EnergyLanes.Compile(energy);
        Assert.Equal(kind switch
        {
            "signs" or "halves" => LaneForm.Bytes,
            "integers" or "large" => LaneForm.Shorts,
            _ => LaneForm.Floats,
        }, program.Form);
        Assert.Equal(kind switch { "signs" or "halves" or "integers" => 1, "large" => 2, _ => 4 }, FieldRows.OfAny(program)!.EntrySize);
        foreach (double factor in (double[])[0.05, 0.6, 2, 10, 1000])
        {
            double beta = factor / energy.TypicalField;
            ChainLanes a = Chains(program, energy, beta), b = Chains(program, energy, beta);
            var fields = new ChainFields(program, FieldRows.OfAny(program)!);
            for (int sweep = 0; sweep < 5; sweep++)
            {
                Anew(a, bits);
                Kept(b, fields, bits);
                // Sums of reals round in another order, which decides a draw once in 10⁵ at most.
                if (kind == "reals") Assert.InRange(a.DifferenceFrom(b), 0, 1e-2);
                else Assert.Equal(0, a.DifferenceFrom(b));
                Assert.Equal(a.Generator, b.Generator);
                if (kind is not ("reals" or "whole floats")) Assert.Equal(a.Energies, b.Energies);
            }
        }
    }

    [Theory, InlineData("signs"), InlineData("large"), InlineData("whole floats")]
    public void What_moves_chains_otherwise_is_followed_by_their_fields(string kind)
    {
        BinaryEnergy energy = Dense(kind, kind == "large" ? 370 : 330);
        LaneProgram program = EnergyLanes.Compile(energy);
        double beta = 4 / energy.TypicalField;
        var backend = new CpuBackend(1, 512);
        // Two pairs of groups go the same way, one with sums made anew.
        ChainLanes[] kept = [Chains(program, energy, beta, 0), Chains(program, energy, beta / 2, 1)];
        ChainLanes[] anew = [Chains(program, energy, beta, 0), Chains(program, energy, beta / 2, 1)];
        ChainLanes spareKept = Chains(program, energy, 10 * beta, 2), spareAnew = Chains(program, energy, 10 * beta, 2);
        sbyte[] mask = [.. Enumerable.Range(0, ChainLanes.Count).Select(c => c % 3 == 0 ? (sbyte)-1 : (sbyte)0)];
        byte[] off = new byte[energy.Variables];
        for (int round = 0; round < 12; round++)
        {
            foreach (ChainLanes group in kept) backend.SweepLanes([group], 1);
            foreach (ChainLanes group in anew) Anew(group, 512);
            if (round % 4 == 1) Both(k => k[0].Exchange(k[1], mask));
            if (round % 4 == 2) Both(k => k[0].Take([new(5, k[1], 9), new(60, k[0], 1)]));
            if (round % 4 == 3)
                Both(k =>
                {
                    k[1].Set(7, off);
                    k[1].Recompute();
                });
            spareKept.CopyFrom(kept[round % 2]);
            spareAnew.CopyFrom(anew[round % 2]);
            backend.SweepLanes([spareKept], 1);
            Anew(spareAnew, 512);
            Assert.Equal(0, spareKept.DifferenceFrom(spareAnew));
            for (int g = 0; g < 2; g++) Assert.Equal(0, kept[g].DifferenceFrom(anew[g]));
        }

        void Both(Action<ChainLanes[]> act)
        {
            act(kept);
            act(anew);
        }
    }

    [Theory, MemberData(nameof(KindsAndWidths))]
    public void Carried_energies_are_those_of_the_states(string kind, int bits)
    {
        BinaryEnergy energy = Dense(kind, kind is "integers" or "large" ? 370 : 330);
        ChainLanes chains = Chains(EnergyLanes.Compile(energy), energy, 2 / energy.TypicalField);
        new CpuBackend(1, bits).SweepLanes([chains], 1500);
        byte[] state = new byte[energy.Variables];
        double tolerance = (kind is "reals" or "whole floats" ? 1e-3 : 1e-9) * energy.TypicalField;
        for (int c = 0; c < ChainLanes.Count; c++)
        {
            chains.Get(c, state);
            Assert.Equal(energy.Of(state), chains.Energies[c], tolerance);
        }
    }

    [Theory, MemberData(nameof(KindsAndWidths))]
    public void A_sweep_leaves_the_Boltzmann_distribution_as_it_is(string kind, int bits)
    {
        const int Variables = 6, Looks = 400;
        BinaryEnergy energy = Dense(kind, Variables, seed: 5);
        var (linear, first, second, weights) = energy.Parts;
        LaneProgram program = LaneCompiler.Compile(linear, first, second, weights,
            kind is "reals" or "whole floats" ? LaneForm.Floats : LaneForm.Shorts);
        FieldRows rows = FieldRows.OfAny(program)!;
        double beta = 0.5 / energy.TypicalField;
        ChainLanes chains = Chains(program, energy, beta);
        var fields = new ChainFields(program, rows);
        var counts = StateCounts.Of(energy, beta);
        for (int look = -5; look < Looks; look++)
        {
            // Some sweeps lie between two looks, so that these are nearly independent.
            for (int sweep = 0; sweep < 4; sweep++) Kept(chains, fields, bits);
            if (look >= 0) counts.Add(chains);
        }
        counts.AgreeUpTo(2.5);
    }

    [Fact]
    public void Only_energies_with_many_neighbours_have_rows()
    {
        Assert.NotNull(EnergyLanes.Compile(Dense("integers", 400)).Rows);
        Assert.NotNull(EnergyLanes.Compile(Dense("reals", 200)).Rows);
        Assert.Null(EnergyLanes.Compile(Dense("integers", 200)).Rows);
        // Sums in a byte are drawn by table.
        Assert.Null(EnergyLanes.Compile(Dense("signs", 60)).Rows);
        var sparse = new BinaryEnergyBuilder();
        sparse.AddVariables(5000);
        for (int i = 1; i < 5000; i++) sparse.Add(i, i - 1, 1000 + i);
        Assert.Null(EnergyLanes.Compile(sparse.Build()).Rows);
    }

    [Fact]
    public void A_warm_sweep_allocates_nothing()
    {
        BinaryEnergy energy = Dense("integers", 400);
        ChainLanes[] groups = [Chains(EnergyLanes.Compile(energy), energy, 4 / energy.TypicalField)];
        var backend = new CpuBackend(1, 256);
        Assert.Equal(0, Allocation.Least(() => backend.SweepLanes(groups, 3)));
    }
}
