namespace Boltzmann;

/// <summary>The chains of one temperature of a <see cref="ReplicaLadder"/>: energy Σ U(x) − β·Σ xᵀWx.</summary>
sealed class Replica
{
    readonly EnergyModel target;
    readonly IReadOnlyList<int> carried;
    readonly Matrix energies;

    /// <summary>Chains whose units are 0.</summary>
    /// <param name="target">The machine at β = 1.</param>
    /// <param name="carried">The layers that are exchanged.</param>
    /// <param name="energies">Where <see cref="AddEnergies"/> puts them, [rows × 1].</param>
    public Replica(EnergyModel target, IReadOnlyList<int> carried, Matrix energies)
    {
        this.target = target;
        this.carried = carried;
        this.energies = energies;
        Model = new AnnealedModel(target, target.Layers);
        State = new State(target, energies.Rows);
    }

    public AnnealedModel Model { get; }

    public State State { get; }

    /// <summary>Swaps with the next temperature that were proposed.</summary>
    public long Proposed { get; set; }

    /// <summary>Those of them that were accepted.</summary>
    public long Accepted { get; set; }

    /// <summary>energies += −Σ xᵀWx of each chain.</summary>
    public void AddEnergies() => target.AddCouplingEnergy(State, energies);

    /// <summary>Exchanges the chains whose mask is not 0, [rows × 1].</summary>
    public void Exchange(Replica other, Matrix mask)
    {
        for (int i = 0; i < carried.Count; i++) State[carried[i]].ExchangeRows(other.State[carried[i]], mask);
    }
}
