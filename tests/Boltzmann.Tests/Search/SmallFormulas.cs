using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Random energies with clauses, by the kind of their weights, and random formulas.</summary>
static class SmallFormulas
{
    /// <summary>
    /// Clauses of one to five literals, some with doubled or opposite ones, and a few pairs and biases: "ones", "integers", "wide",
    /// "halves", "reals", "hub".
    /// </summary>
    /// <param name="kind">Of the weights.</param>
    /// <param name="variables">At least 5.</param>
    /// <param name="clauses">How many.</param>
    /// <param name="seed">Of all.</param>
    /// <param name="definition">Σ weight·[no literal holds], from the clauses as they were drawn, and the rest of the energy.</param>
    public static BinaryEnergy Of(string kind, int variables, int clauses, int seed, out Func<byte[], double> definition)
    {
        var random = new Random(seed);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        var drawn = new List<(int[] Literals, double Weight)>();
        var pairs = new List<(int I, int J, double Weight)>();
        for (int c = 0; c < clauses; c++)
        {
            int[] literals = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Literal())];
            drawn.Add((literals, Weight(c)));
            // Now and then the same once more, in another order.
            if (random.Next(8) == 0) drawn.Add(([.. literals.Reverse()], Weight(c)));
        }
        for (int e = 0; e < variables / 2; e++)
            pairs.Add((random.Next(variables), random.Next(variables), Weight(e) * (random.Next(2) * 2 - 1)));
        foreach (var (literals, weight) in drawn) builder.AddClause(literals, weight);
        foreach (var (i, j, weight) in pairs) builder.Add(i, j, weight);
        builder.AddClause([], 2);
        definition = state => 2 + drawn.Sum(c => c.Literals.Any(l => state[Math.Abs(l) - 1] == (l > 0 ? 1 : 0)) ? 0 : c.Weight)
            + pairs.Sum(p => p.Weight * state[p.I] * state[p.J]);
        return builder.Build();

        int Literal() => (random.Next(variables) + 1) * (random.Next(2) * 2 - 1);

        double Weight(int c) => kind switch
        {
            "integers" => random.Next(1, 10),
            "wide" => random.Next(1, 300),
            "halves" => random.Next(1, 6) / 2.0,
            "hub" => c % 16 == 0 ? 90 : 1,
            "reals" => random.NextDouble() + 0.01,
            _ => 1,
        };
    }

    /// <summary>Clauses of three different variables; all of them hold in one state, if one is planted.</summary>
    public static BinaryEnergy ThreeSat(int variables, int clauses, int seed, bool isPlanted = false)
    {
        var random = new Random(seed);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        bool[] plan = [.. Enumerable.Range(0, variables).Select(_ => random.Next(2) == 1)];
        for (int c = 0; c < clauses;)
        {
            int[] literals = [.. Enumerable.Range(0, 3).Select(_ => (random.Next(variables) + 1) * (random.Next(2) * 2 - 1))];
            if (literals.DistinctBy(Math.Abs).Count() < 3 || (isPlanted && !literals.Any(l => l > 0 == plan[Math.Abs(l) - 1]))) continue;
            builder.AddClause(literals, 1);
            c++;
        }
        return builder.Build();
    }
}
