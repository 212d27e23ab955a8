namespace Boltzmann.Experiments;

/// <summary>Energy and magnetisation of a lattice along Gibbs chains, of the lattice's own machine or of another that learned it.</summary>
/// <param name="lattice">Whose energy it is.</param>
/// <param name="context">Interruption, precision, whether it is a smoke test.</param>
sealed class IsingChains(IsingLattice lattice, ExperimentContext context)
{
    const int Chains = 16, Pilot = 4000, LeastSweeps = 10_000, MostSweeps = 50_000, TimesLonger = 100;

    readonly BoltzmannMachine own = lattice.Machine(context.Placement);

    /// <summary>
    /// Follows chains for so many sweeps that they are <see cref="TimesLonger"/> times the longest autocorrelation time of a pilot, within
    /// limits; a tenth of these come before.
    /// </summary>
    public IsingNumbers Follow(EnergyModel model, ulong seed)
    {
        var rng = new Rng(seed);
        var state = new State(model, Chains);
        // From random spins a large cold lattice may stay in stripes for ages.
        if (lattice.Temperature < IsingLattice.CriticalTemperature) state[0].Fill(1);
        else model.Layers[0].Sample(new Matrix(Chains, lattice.Spins, model.Placement), state[0], rng);
        int pilot = context.Quick ? 50 : Pilot;
        Run(model, state, pilot / 4, rng, null);
        IsingNumbers first = Run(model, state, pilot, rng, lattice);
        int sweeps = context.Quick ? 50 : (int)Math.Clamp(TimesLonger * first.SlowestTime, LeastSweeps, MostSweeps);
        Run(model, state, sweeps / 10, rng, null);
        return Run(model, state, sweeps, rng, lattice);
    }

    IsingNumbers Run(EnergyModel model, State state, int sweeps, Rng rng, IsingLattice? followed)
    {
        double[][] energies = Series(), magnetisations = Series();
        var lattices = new State(own, Chains);
        Matrix values = new(Chains, 1, own.Placement);
        for (int s = 0; s < sweeps; s++)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            Gibbs.Sweep(model, state, rng);
            if (followed is null) continue;
            lattices[0].SetCopy(state[0]);
            values.Fill(0);
            own.AddEnergy(lattices, values, lattice.Temperature / lattice.Spins);
            for (int c = 0; c < Chains; c++) energies[c][s] = values[c, 0];
            values.Fill(0);
            values.AddRowSums(state[0], null, 1.0 / lattice.Spins);
            for (int c = 0; c < Chains; c++) magnetisations[c][s] = Math.Abs(values[c, 0]);
        }
        if (followed is null) return new(Constant, Constant, Constant, 0);
        double mean = energies.Average(e => e.Average()), scale = lattice.Spins / (lattice.Temperature * lattice.Temperature);
        return new(ChainStatistic.Of("energy", energies), ChainStatistic.Of("specific heat", Array.ConvertAll(energies, chain =>
            Array.ConvertAll(chain, e => scale * (e - mean) * (e - mean)))), ChainStatistic.Of("|m|", magnetisations), sweeps);

        double[][] Series() => [.. Enumerable.Range(0, Chains).Select(_ => new double[followed is null ? 0 : sweeps])];
    }

    static ChainStatistic Constant => ChainStatistic.Of("none", [[0, 0, 0, 0]]);
}
