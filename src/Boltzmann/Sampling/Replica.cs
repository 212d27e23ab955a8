namespace Boltzmann;

/// <summary>The chains of one temperature of a <see cref="ReplicaLadder"/>: energy Σ U(x) − β·Σ xᵀWx.</summary>
sealed class Replica
{
    readonly EnergyModel target;
    readonly Matrix energies;
    readonly Matrix[] spare;
    readonly Matrix[][] chains;

    /// <summary>Chains whose units are 0.</summary>
    /// <param name="target">The machine at β = 1.</param>
    /// <param name="carried">The layers that are exchanged.</param>
    /// <param name="rows">Number of chains.</param>
    public Replica(EnergyModel target, IReadOnlyList<int> carried, int rows)
    {
        this.target = target;
        energies = new Matrix(rows, 1, target.Placement);
        Model = new AnnealedModel(target, target.Layers);
        State = new State(target, rows);
        Energies = new double[rows];
        // Views of the single chains, made once: swapping allocates nothing.
        chains = [.. carried.Select(l => Enumerable.Range(0, rows).Select(r => State[l].RowRange(r, 1)).ToArray())];
        spare = [.. carried.Select(l => State[l].Like(1, State[l].Columns))];
    }

    public AnnealedModel Model { get; }

    public State State { get; }

    /// <summary>−Σ xᵀWx of each chain, as <see cref="SetEnergies"/> found it.</summary>
    public double[] Energies { get; }

    /// <summary>Swaps with the next temperature that were proposed.</summary>
    public long Proposed { get; set; }

    /// <summary>Those of them that were accepted.</summary>
    public long Accepted { get; set; }

    public void SetEnergies()
    {
        energies.Fill(0);
        target.AddCouplingEnergy(State, energies);
        for (int r = 0; r < Energies.Length; r++) energies.ReadRow(r, Energies.AsSpan(r, 1));
    }

    public void Exchange(Replica other, int chain)
    {
        for (int i = 0; i < chains.Length; i++)
        {
            Matrix mine = chains[i][chain], theirs = other.chains[i][chain];
            spare[i].SetCopy(mine);
            mine.SetCopy(theirs);
            theirs.SetCopy(spare[i]);
        }
        (Energies[chain], other.Energies[chain]) = (other.Energies[chain], Energies[chain]);
    }
}
