using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Sampling;

/// <summary>Swaps of tempered chains against sums over all states.</summary>
public class TemperedChainsTests
{
    [Theory, InlineData("bernoulli", "bernoulli"), InlineData("spin", "one-hot")]
    public void Swap_rates_are_the_probabilities_that_sums_over_all_states_give(string visible, string hidden)
    {
        // One sweep of many chains in equilibrium: independent proposals, five standard errors of at most ½/√20 000, false-alarm rate 6e-7
        // each.
        const int Chains = 20_000;
        Rbm model = SmallModels.Make(visible, hidden);
        model.Weights.SetSum(model.Weights, 5);
        double[] betas = [0, 0.3, 1];
        var rng = new Rng(31);
        var tempered = new TemperedChains(model, Chains, betas, rng);
        for (int s = 0; s < 60; s++) tempered.Sweep(rng);
        tempered.ResetCounts();
        Assert.All(tempered.SwapRates, rate => Assert.Equal(double.NaN, rate));
        tempered.Sweep(rng);
        Assert.Equal(1, tempered.Sweeps);

        var plain = new PlainModel(model);
        for (int t = 0; t < 2; t++)
        {
            double[] couplings = Couplings(plain), hot = Probabilities(plain, betas[t]), cold = Probabilities(plain, betas[t + 1]);
            double exact = 0;
            for (int i = 0; i < hot.Length; i++)
                for (int j = 0; j < cold.Length; j++)
                    exact += hot[i] * cold[j] * Math.Min(1, Math.Exp((betas[t] - betas[t + 1]) * (couplings[i] - couplings[j])));
            Assert.InRange(exact, 0.1, 0.95);
            Assert.Equal(exact, tempered.SwapRates[t], 5 * 0.5 / Math.Sqrt(Chains));
        }
    }

    [Fact]
    public void Chains_at_temperature_one_have_the_distribution_of_the_machine_and_clamped_units_stay()
    {
        // Means of free visible units given the first, against sums over the states that agree with it; five standard errors of ½/√C,
        // false-alarm rate 6e-7 each.
        const int Chains = 4000;
        Rbm model = SmallModels.Make("bernoulli", "bernoulli");
        model.Weights.SetSum(model.Weights, 4);
        var rng = new Rng(32);
        var tempered = new TemperedChains(model, Chains, rng, temperatures: 3);
        tempered.ClampUnits(0, Matrix.Row([1, 0, 0], model.Placement), Filled(Chains, 1, model.Placement));
        for (int s = 0; s < 50; s++) tempered.Sweep(rng);
        var plain = new PlainModel(model);
        var states = plain.States[0].Where(v => v.X[0] == 1).ToArray();
        double total = PlainModel.LogSumExp(states.Select(v => -plain.FreeEnergy(0, v.X)));
        double[,] sampled = tempered.State[0].ToArray();
        Assert.All(Enumerable.Range(0, Chains), r => Assert.Equal(1, sampled[r, 0]));
        for (int i = 1; i < 3; i++)
        {
            double exact = states.Sum(v => v.X[i] * Math.Exp(-plain.FreeEnergy(0, v.X) - total));
            Assert.Equal(exact, Enumerable.Range(0, Chains).Average(r => sampled[r, i]), 2.5 / Math.Sqrt(Chains));
        }
    }

    [Fact]
    public void Every_swap_of_a_machine_without_weights_is_accepted_and_round_trips_are_counted()
    {
        // Two temperatures exchange at every sweep. Of the two states of a chain one is at the cold end after 1, 3, 5, … sweeps and back
        // from the hot one at 3, 5, 7, 9; the other at 2 and back at 4, 6, 8, 10.
        Rbm model = Teaching.Bernoulli(4, 3);
        model.Weights.Fill(0);
        var rng = new Rng(33);
        var tempered = new TemperedChains(model, 5, rng, temperatures: 2);
        for (int s = 0; s < 10; s++) tempered.Sweep(rng);
        Assert.Equal([1.0], tempered.SwapRates);
        Assert.Equal(5 * (4 + 4), tempered.RoundTrips);
        tempered.ResetCounts();
        Assert.Equal((0, 0), (tempered.Sweeps, tempered.RoundTrips));
    }

    [Fact]
    public void Temperatures_that_do_not_rise_to_one_are_refused()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        foreach (double[] betas in new double[][] { [1], [0, 0.5], [0, 0.5, 0.5, 1], [-0.1, 1], [double.NaN, 1], [] })
            Assert.Throws<ArgumentException>(() => new TemperedChains(model, 2, betas, new Rng(1)));
        Assert.Contains("at least 2 temperatures, not 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => new TemperedChains(model, 2, new Rng(1), temperatures: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TemperedChains(model, 0, new Rng(1)));
    }

    // x and y over all pairs of states: −Σ xᵀWy, which the energy is less the potentials.
    static double[] Couplings(PlainModel plain) =>
        [.. from v in plain.States[0] from h in plain.States[1] select plain.Energy(v.X, h.X) - plain.Potential(0, v.X) - plain.Potential(1,
            h.X)];

    static double[] Probabilities(PlainModel plain, double beta)
    {
        double[] logs = [.. (from v in plain.States[0] from h in plain.States[1] select v.LogWeight
            + h.LogWeight - plain.Potential(0, v.X) - plain.Potential(1, h.X))
            .Zip(Couplings(plain), (rest, coupling) => rest - beta * coupling)];
        double total = PlainModel.LogSumExp(logs);
        return [.. logs.Select(x => Math.Exp(x - total))];
    }

    static Matrix Filled(int rows, double value, Placement placement)
    {
        var matrix = new Matrix(rows, 3, placement);
        matrix.Fill(value);
        return matrix;
    }
}
