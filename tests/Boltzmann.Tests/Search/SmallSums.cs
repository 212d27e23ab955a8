using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>What an energy's distribution is, summed over all its states, those that blocks forbid left out.</summary>
sealed class SmallSums
{
    public SmallSums(BinaryEnergy energy, double temperature)
    {
        Temperature = temperature;
        int n = energy.Variables;
        var states = Enumerable.Range(0, 1 << n).Select(k => SmallEnergies.State(k, n))
            .Where(state => energy.Blocks.All(block => block.Sum(i => state[i]) == 1)).ToArray();
        double[] energies = [.. states.Select(state => energy.Of(state))];
        double least = energies.Min();
        double[] weights = [.. energies.Select(e => Math.Exp(-(e - least) / temperature))];
        double z = weights.Sum();
        LogPartition = Math.Log(z) - least / temperature;
        Marginals = [.. Enumerable.Range(0, n).Select(i => states.Zip(weights).Sum(pair => pair.First[i] * pair.Second) / z)];
    }

    public double Temperature { get; }

    public double LogPartition { get; }

    public double[] Marginals { get; }

    /// <summary>A temperature at which some states are likelier than others, but not one alone.</summary>
    public static double TemperatureFor(string kind, int seed) =>
        ((double[])[0.3, 1, 3])[seed % 3] * kind switch { "wide" => 60, "integers" => 3, _ => 1 };

    /// <summary>A spin glass on a square of free edges, weights ±1.</summary>
    public static BinaryEnergy Glass(int side, int seed)
    {
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(side * side);
        var random = new Random(seed);
        for (int i = 0; i < side * side; i++)
        {
            if (i % side + 1 < side) builder.AddSpins(i, i + 1, random.Next(2) * 2 - 1);
            if (i + side < side * side) builder.AddSpins(i, i + side, random.Next(2) * 2 - 1);
        }
        return builder.Build();
    }

    /// <summary>Σ over variables of the squared errors in stated errors, none of which may be larger than so many.</summary>
    public double SquaredErrors(Marginals found, double within)
    {
        Assert.Equal(Temperature, found.Temperature, 1e-12);
        double sum = 0;
        for (int i = 0; i < Marginals.Length; i++)
        {
            double error = found.Means[i] - Marginals[i], stated = found.StandardErrors[i];
            Assert.True(Math.Abs(error) <= within * stated + 1e-12,
                $"variable {i}: {found.Means[i]} ± {stated}, but it is {Marginals[i]}");
            sum += stated > 0 ? Math.Pow(error / stated, 2) : 0;
        }
        return sum;
    }
}
