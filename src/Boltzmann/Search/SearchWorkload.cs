namespace Boltzmann.Searching;

/// <summary>An energy of a known shape, to measure how fast it is searched.</summary>
/// <param name="Name">In one or two words.</param>
/// <param name="Words">What it is.</param>
/// <param name="Make">Makes it from a seed.</param>
public sealed record SearchWorkload(string Name, string Words, Func<ulong, BinaryEnergy> Make)
{
    /// <summary>Sparse and dense, of whole and of real weights, small and large.</summary>
    public static IReadOnlyList<SearchWorkload> All { get; } =
    [
        new("grid", "a grid of 100 × 100 spins, weights ±1", seed => Grid(100, seed)),
        new("random", "800 spins of 48 neighbours each, weights ±1", seed => Graph(800, 19_200, seed, random => Sign(random))),
        new("reals", "800 spins of 48 neighbours each, real weights",
            seed => Graph(800, 19_200, seed, random => random.NextDouble() - 0.5)),
        new("dense", "1000 spins, all joined, whole weights to ±100", seed => Complete(1000, seed, random => random.Next(-100, 101))),
        new("signs", "2000 spins, all joined, weights ±1", seed => Complete(2000, seed, random => Sign(random))),
        new("3-sat", "8200 clauses of three of 2000 variables", seed => Formula(2000, 8200, seed)),
        new("million", "1,000,000 spins, 3,000,000 pairs, weights ±1",
            seed => Graph(1_000_000, 3_000_000, seed, random => Sign(random))),
    ];

    /// <summary>Spins on a torus, weights ±1.</summary>
    /// <param name="side">Spins of a row.</param>
    /// <param name="seed">Of the weights.</param>
    public static BinaryEnergy Grid(int side, ulong seed)
    {
        var (random, builder) = Begin(side * side, seed);
        for (int i = 0; i < side * side; i++)
        {
            builder.AddSpins(i, i / side * side + (i + 1) % side, Sign(random));
            builder.AddSpins(i, (i + side) % (side * side), Sign(random));
        }
        return builder.Build();
    }

    /// <summary>Spins with pairs between them at random.</summary>
    /// <param name="spins">How many.</param>
    /// <param name="pairs">How many are drawn; equal ones are added up.</param>
    /// <param name="seed">Of pairs and weights.</param>
    /// <param name="weight">Draws a weight.</param>
    public static BinaryEnergy Graph(int spins, int pairs, ulong seed, Func<Random, double> weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var (random, builder) = Begin(spins, seed);
        for (int e = 0; e < pairs; e++)
        {
            int i = random.Next(spins), j = (i + 1 + random.Next(spins - 1)) % spins;
            builder.AddSpins(i, j, weight(random));
        }
        return builder.Build();
    }

    /// <summary>Spins that are all joined.</summary>
    /// <param name="spins">How many.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="weight">Draws a weight.</param>
    public static BinaryEnergy Complete(int spins, ulong seed, Func<Random, double> weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var (random, builder) = Begin(spins, seed);
        for (int i = 0; i < spins; i++)
            for (int j = 0; j < i; j++) builder.AddSpins(i, j, weight(random));
        return builder.Build();
    }

    /// <summary>Clauses of three different variables each, at random.</summary>
    /// <param name="variables">How many.</param>
    /// <param name="clauses">How many.</param>
    /// <param name="seed">Of the clauses.</param>
    public static BinaryEnergy Formula(int variables, int clauses, ulong seed)
    {
        var (random, builder) = Begin(variables, seed);
        Span<int> literals = stackalloc int[3];
        for (int c = 0; c < clauses; c++)
        {
            for (int k = 0; k < literals.Length; k++)
            {
                int variable;
                do variable = random.Next(variables) + 1;
                while (literals[..k].Contains(variable) || literals[..k].Contains(-variable));
                literals[k] = variable * Sign(random);
            }
            builder.AddClause(literals, 1);
        }
        return builder.Build();
    }

    /// <summary>Random as Beasley's problems: a tenth of the entries, whole numbers to ±100.</summary>
    /// <param name="variables">How many.</param>
    /// <param name="seed">Of the entries.</param>
    public static BinaryEnergy Quadratic(int variables, ulong seed)
    {
        var (random, builder) = Begin(variables, seed);
        for (int i = 0; i < variables; i++)
        {
            builder.Add(i, random.Next(-100, 101));
            for (int j = 0; j < i; j++)
                if (random.NextDouble() < 0.1) builder.Add(i, j, 2 * random.Next(-100, 101));
        }
        return builder.Build();
    }

    static (Random, BinaryEnergyBuilder) Begin(int variables, ulong seed)
    {
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        return (new((int)(seed & int.MaxValue)), builder);
    }

    static int Sign(Random random) => random.Next(2) * 2 - 1;
}
