using Boltzmann.Experiments;

namespace Boltzmann.Tests.Experiments;

/// <summary>Exact numbers of lattices of spins beside sums over all their states.</summary>
public class IsingLatticeTests
{
    [Theory]
    [InlineData(3, 1.8)]
    [InlineData(3, 3)]
    [InlineData(4, 1.8)]
    [InlineData(4, 2.27)]
    [InlineData(4, 3)]
    [InlineData(4, 10)]
    public void The_closed_form_is_the_sum_over_all_states(int side, double temperature)
    {
        var lattice = new IsingLattice(side, temperature);
        BoltzmannMachine machine = lattice.Machine(Placement.Default.Double);
        Assert.Equal(2 * lattice.Spins, machine.Edges!.Count);
        // Weights of 1/T are rounded to nothing in double precision.
        Assert.Equal(Exact.LogPartition(machine), lattice.LogPartition(1 / temperature), 1e-9);
        double[] p = Exact.StateProbabilities(machine, 0);
        var state = new State(machine, p.Length);
        machine.Layers[0].SetStates(0, state[0]);
        var energies = new Matrix(p.Length, 1, machine.Placement);
        machine.AddEnergy(state, energies, temperature);
        double[] e = energies.ReadColumn(0);
        double mean = e.Zip(p, (x, w) => x * w).Sum(), square = e.Zip(p, (x, w) => x * x * w).Sum();
        Assert.Equal(mean / lattice.Spins, lattice.Energy, 1e-6);
        Assert.Equal((square - mean * mean) / (temperature * temperature * lattice.Spins), lattice.SpecificHeat, 1e-4);
    }

    [Fact]
    public void Large_lattices_approach_Onsagers_energy_at_the_critical_point() =>
        // −√2 of the infinite lattice; the finite one is off by about 0.65/L (Ferdinand and Fisher 1969).
        Assert.Equal(-Math.Sqrt(2), new IsingLattice(128, IsingLattice.CriticalTemperature).Energy, 1.0 / 128);
}
