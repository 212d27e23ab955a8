using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Sampling;

/// <summary>The order of a sweep, temperatures and numbers out of range; distributions are tested in Laws.</summary>
public class GibbsTests
{
    static readonly Placement wide = Placement.Default.Double;

    [Fact]
    public void A_sweep_draws_the_hidden_layer_and_then_the_visible_one_from_it()
    {
        // Units so sure of themselves that a draw is a copy (a flip has probability 2e-9).
        var model = new Rbm(new BernoulliLayer(3, wide), new BernoulliLayer(3, wide));
        for (int i = 0; i < 3; i++) model.Weights[i, i] = 40;
        model.Visible.Bias.Fill(-20);
        model.Hidden.Bias.Fill(-20);
        var state = new State(model, 1);
        state[0].WriteRow(0, [1, 0, 1]);
        state[1].WriteRow(0, [0, 1, 0]);
        Gibbs.Sweep(model, state, new Rng(1));
        Assert.Equal([1, 0, 1], state[0].ReadRow(0));
        Assert.Equal([1, 0, 1], state[1].ReadRow(0));
    }

    [Fact]
    public void No_sweeps_leave_the_state_and_the_generator_as_they_are()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        var state = new State(model, 3);
        state[0].Fill(0.5);
        var rng = new Rng(1);
        Gibbs.Sweep(model, state, 0, rng);
        Assert.All(state[0].ToArray().Cast<double>(), x => Assert.Equal(0.5, x));
        Assert.Equal(0UL, rng.Step);
    }

    [Fact]
    public void A_temperature_divides_the_energy_and_leaves_the_model_alone()
    {
        // One unit of bias 3 at T = 2 is on with probability σ(1.5); 20 000 chains, six standard errors.
        const int Chains = 20_000;
        var model = new Rbm(new BernoulliLayer(1, wide), new BernoulliLayer(1, wide));
        model.Visible.Bias.Fill(3);
        Rbm before = model.Clone();
        var chains = new State(model, Chains);
        Gibbs.Sweep(model, chains, 1, new Rng(5), temperature: 2);
        Assert.Equal(Teaching.Logistic(1.5), chains[0].Summarize().Sum / Chains, 3 / Math.Sqrt(Chains));
        ModelFileTests.AssertSame(before, model);
    }

    [Fact]
    public void Warm_sweeps_at_a_temperature_allocate_nothing()
    {
        var model = new Rbm(new BernoulliLayer(300), new BernoulliLayer(270));
        model.SetRandomWeights(0.1, new Rng(1));
        var chains = new State(model, 20);
        var rng = new Rng(2);
        Assert.Equal(0, Allocation.Least(() => Gibbs.Sweep(model, chains, 2, rng, temperature: 1.5)));
    }

    [Fact]
    public void A_state_that_is_swept_at_a_temperature_follows_the_model_and_every_other_model()
    {
        Rbm first = Teaching.Bernoulli(4, 3, deviation: 1), second = Teaching.Bernoulli(4, 3, deviation: 2);
        var kept = new State(first, 50);
        foreach (Rbm model in new[] { first, second, first })
            foreach (double temperature in new[] { 2, 0.7 })
            {
                // The parameters of now, not of an earlier sweep.
                model.Weights.SetSum(model.Weights, 1.1);
                model.Hidden.Bias[0, 1] += 0.3;
                var fresh = new State(model, 50);
                for (int l = 0; l < kept.Layers; l++) fresh[l].SetCopy(kept[l]);
                Gibbs.Sweep(model, kept, 3, new Rng(3), temperature);
                Gibbs.Sweep(model, fresh, 3, new Rng(3), temperature);
                for (int l = 0; l < kept.Layers; l++) Assert.Equal(fresh[l].ToArray(), kept[l].ToArray());
            }
    }

    [Fact]
    public void A_cold_chain_falls_into_the_state_of_least_energy()
    {
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        var chains = new State(model, 200);
        // From warm to cold, as annealing does; at T = 0.02 a state 1 nat above the least has probability e^−50.
        foreach (double temperature in new[] { 3, 1, 0.5, 0.2, 0.1, 0.05, 0.02 }) Gibbs.Sweep(model, chains, 20, new Rng(6), temperature);
        double least = double.PositiveInfinity;
        for (int s = 0; s < 128; s++)
        {
            Matrix v = new(1, 4, wide), h = new(1, 3, wide);
            model.Visible.SetStates(s & 15, v);
            model.Hidden.SetStates(s >> 4, h);
            least = Math.Min(least, model.Energy(v, h)[0]);
        }
        double[] energies = model.Energy(chains[0], chains[1]);
        Assert.True(energies.Count(e => e < least + 1e-9) > 100);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Temperatures_that_are_none_are_refused(double temperature)
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        Assert.Contains("the temperature must be positive and finite, not",
            Assert.Throws<ArgumentOutOfRangeException>(() => Gibbs.Sweep(model, new State(model, 1), 1, new Rng(1), temperature)).Message);
    }

    [Fact]
    public void The_same_seed_gives_the_same_chains_and_more_chains_begin_with_the_same_ones()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        double[,] Run(int rows)
        {
            var state = new State(model, rows);
            Gibbs.Sweep(model, state, 5, new Rng(7));
            return state[0].ToArray();
        }

        Assert.Equal(Run(6), Run(6));
        Assert.Equal(Run(6).Cast<double>(), Run(9).Cast<double>().Take(24));
    }

    [Fact]
    public void A_tempered_copy_with_a_start_goes_from_its_layers_to_the_model()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        var start = new BernoulliLayer(4, wide);
        start.Bias.Fill(2);
        var path = new AnnealedModel(model, [start, new BernoulliLayer(3, wide)]) { Beta = 0 };
        Assert.Equal(start.Bias.ToArray(), path.Layers[0].Bias.ToArray());
        path.Beta = 1;
        Assert.Equal(model.Visible.Bias.ToArray(), path.Layers[0].Bias.ToArray());
        path.Beta = 0.25;
        for (int i = 0; i < 4; i++) Assert.Equal(1.5 + 0.25 * model.Visible.Bias[0, i], path.Layers[0].Bias[0, i], 1e-15);
        Assert.Equal(0.25, path.Coupling);
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Beta = -0.1);
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Beta = double.NaN);
    }
}
