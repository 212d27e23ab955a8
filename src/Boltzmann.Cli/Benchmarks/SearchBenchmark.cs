using Boltzmann.Searching;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>Times the sweeps of a search on one core, on graphs of different shapes.</summary>
static class SearchBenchmark
{
    /// <summary>Names of the graphs, as a filter knows them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["search grid", "search random", "search reals", "search dense", "search 3-sat"];

    /// <summary>What a name stands for, in words.</summary>
    public static string Words(string name) => name switch
    {
        "search grid" => "a grid of 100 × 100 spins, weights ±1",
        "search random" => "800 spins of 48 neighbours each, weights ±1",
        "search reals" => "800 spins of 48 neighbours each, real weights",
        "search 3-sat" => "8200 clauses of three of 2000 variables",
        _ => "1000 spins, all joined, whole weights to ±100",
    };

    /// <summary>Measures one.</summary>
    public static SearchSpeed Measure(string name, int vectorBits, ulong seed)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var builder = new BinaryEnergyBuilder();
        if (name == "search grid")
        {
            const int Side = 100;
            builder.AddVariables(Side * Side);
            for (int i = 0; i < Side * Side; i++)
            {
                builder.AddSpins(i, i / Side * Side + (i + 1) % Side, Sign());
                builder.AddSpins(i, (i + Side) % (Side * Side), Sign());
            }
        }
        else if (name == "search 3-sat")
        {
            const int Variables = 2000, Clauses = 8200;
            builder.AddVariables(Variables);
            for (int c = 0; c < Clauses; c++) builder.AddClause([Literal(Variables), Literal(Variables), Literal(Variables)], 1);
        }
        else if (name == "search dense")
        {
            const int Spins = 1000;
            builder.AddVariables(Spins);
            for (int i = 0; i < Spins; i++)
                for (int j = 0; j < i; j++) builder.AddSpins(i, j, random.Next(-100, 101));
        }
        else
        {
            const int Spins = 800, Degree = 48;
            builder.AddVariables(Spins);
            for (int e = 0; e < Spins * Degree / 2; e++)
            {
                int i = random.Next(Spins), j = (i + 1 + random.Next(Spins - 1)) % Spins;
                builder.AddSpins(i, j, name == "search random" ? Sign() : random.NextDouble() - 0.5);
            }
        }
        return SearchSpeed.Measure(builder.Build(), vectorBits, seed);

        int Literal(int variables) => (random.Next(variables) + 1) * (random.Next(2) * 2 - 1);

        double Sign() => random.Next(2) * 2 - 1;
    }
}
