using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Random energies that can be enumerated, by the kind of their weights, and what is true of them.</summary>
static class SmallEnergies
{
    /// <summary>One of a kind: "cut", "integers", "wide", "reals", "spins", "tiny", "huge".</summary>
    public static BinaryEnergy Of(string kind, int variables, int seed, double density = 0.6)
    {
        var random = new Random(seed);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        for (int i = 0; i < variables; i++)
        {
            if (kind is not ("cut" or "spins")) builder.Add(i, Weight());
            for (int j = 0; j < i; j++)
            {
                if (random.NextDouble() > density) continue;
                double weight = Weight();
                if (kind == "spins") builder.AddSpins(i, j, weight);
                else builder.Add(i, j, weight);
                if (kind != "cut") continue;
                builder.Add(i, -weight / 2);
                builder.Add(j, -weight / 2);
            }
        }
        return builder.Build();

        double Weight() => kind switch
        {
            "cut" or "spins" => random.Next(2) * 2 - 1,
            "integers" => random.Next(-7, 8),
            "wide" => random.Next(-200, 201),
            "tiny" => (random.NextDouble() - 0.5) * 1e-200,
            "huge" => (random.NextDouble() - 0.5) * 1e200,
            _ => random.NextDouble() * 2 - 1,
        };
    }

    /// <summary>The energies of all states: variable i of state k is bit i of k.</summary>
    public static double[] All(BinaryEnergy energy)
    {
        double[] energies = new double[1 << energy.Variables];
        for (int k = 0; k < energies.Length; k++) energies[k] = energy.Of(State(k, energy.Variables));
        return energies;
    }

    public static byte[] State(int k, int variables) => [.. Enumerable.Range(0, variables).Select(i => (byte)(k >> i & 1))];

    public static int Index(ReadOnlySpan<byte> state)
    {
        int k = 0;
        for (int i = 0; i < state.Length; i++) k |= state[i] << i;
        return k;
    }
}
