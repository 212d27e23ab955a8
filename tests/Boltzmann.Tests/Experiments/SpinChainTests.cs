using Boltzmann.Experiments;

namespace Boltzmann.Tests.Experiments;

/// <summary>A chain of two spins, whose ground state can be written down.</summary>
public class SpinChainTests
{
    // H of two spins in the order uu, ud, du, dd couples uu + dd with ud + du: [[−1, −2], [−2, 1]], lowest eigenvalue −√5.
    static readonly double ratio = (Math.Sqrt(5) - 1) / 2, norm = 1 / Math.Sqrt(2 * (1 + ratio * ratio));
    readonly SpinChain chain = new([norm, norm * ratio, norm * ratio, norm]);

    [Fact]
    public void The_true_state_has_fidelity_one_and_the_same_local_energy_everywhere()
    {
        double[] p = chain.Probabilities();
        Assert.Equal(2, chain.Spins);
        Assert.Equal(1, chain.Fidelity(p), 1e-12);
        for (int s = 0; s < 4; s++) Assert.Equal(-Math.Sqrt(5), chain.LocalEnergy(p, s), 1e-12);
        Assert.Equal([1, -1, -1, 1], Enumerable.Range(0, 4).Select(chain.Neighbours));
    }

    [Fact]
    public void A_uniform_state_has_the_overlap_and_the_energy_of_its_definition()
    {
        double[] p = [0.25, 0.25, 0.25, 0.25];
        Assert.Equal(Math.Pow(norm * (1 + ratio), 2), chain.Fidelity(p), 1e-12);
        Assert.Equal(-2, SpinChain.Mean(p, s => chain.LocalEnergy(p, s)), 1e-12);
    }

    [Fact]
    public void Probabilities_of_a_machine_come_by_the_numbers_of_states()
    {
        var model = new Rbm(new BernoulliLayer(3, Placement.Default.Double), new BernoulliLayer(1, Placement.Default.Double));
        ((BernoulliLayer)model.Visible).Bias.WriteRow(0, [Math.Log(3), 0, 0]);
        double[] p = SpinChain.Probabilities(model);
        // The first unit is the highest bit.
        for (int s = 0; s < 8; s++) Assert.Equal((s & 4) > 0 ? 0.75 / 4 : 0.25 / 4, p[s], 1e-9);
        Assert.Equal([4, 3], SpinChain.Number(Matrix.From(new double[,] { { 1, 0, 0 }, { 0, 1, 1 } })));
    }

    [Fact]
    public void Counts_of_independent_neurons_are_those_of_their_convolution()
    {
        double[] counts = SpikeCounts.Independent([0.5, 0.2]);
        Assert.Equal([0.4, 0.5, 0.1], counts.Select(c => Math.Round(c, 12)));
    }
}
