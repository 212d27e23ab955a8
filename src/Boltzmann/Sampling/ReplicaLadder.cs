namespace Boltzmann;

/// <summary>
/// Chains of one machine at rising inverse temperatures, the last at β = 1, that exchange their states: neighbours (first those from an
/// even, then from an odd number) swap with probability min(1, exp((β_t − β_{t+1})·(C_t − C_{t+1}))), C = −Σ xᵀWx (Swendsen and Wang 1986;
/// Geyer 1991). Only the weights are tempered, so that the path is defined for every unit kind (a Gaussian unit has no infinite
/// temperature).
/// </summary>
sealed class ReplicaLadder
{
    readonly double[] betas;
    // One row per temperature and chain, so that all of them are read, or written, at once.
    readonly Matrix allEnergies, allMasks;
    readonly Matrix[] masks;
    readonly Matrix uniforms;
    readonly double[] uniform, energies, accepted;
    readonly int rows;

    /// <summary>Chains whose units are 0.</summary>
    /// <param name="target">The machine at β = 1.</param>
    /// <param name="betas">From the hottest to the coldest, at least two.</param>
    /// <param name="rows">Chains at each temperature.</param>
    public ReplicaLadder(EnergyModel target, double[] betas, int rows)
    {
        this.betas = betas;
        this.rows = rows;
        Target = target;
        IReadOnlyList<int> carried = Carried(target);
        allEnergies = new Matrix(rows * betas.Length, 1, target.Placement);
        allMasks = allEnergies.Like(rows * (betas.Length - 1), 1);
        energies = new double[allEnergies.Rows];
        accepted = new double[allMasks.Rows];
        Replicas = [.. betas.Select((_, t) => new Replica(target, carried, allEnergies.RowRange(t * rows, rows)))];
        masks = [.. Enumerable.Range(0, betas.Length - 1).Select(t => allMasks.RowRange(t * rows, rows))];
        uniforms = new Matrix(1, rows * betas.Length, target.Placement);
        uniform = new double[rows * betas.Length];
    }

    public EnergyModel Target { get; }

    /// <summary>From the hottest to the coldest.</summary>
    public Replica[] Replicas { get; }

    public Replica Coldest => Replicas[^1];

    /// <summary>Share of proposed swaps that were accepted, between each temperature and the next; NaN before the first.</summary>
    public IReadOnlyList<double> SwapRates =>
        [.. Replicas.SkipLast(1).Select(r => r.Proposed == 0 ? double.NaN : (double)r.Accepted / r.Proposed)];

    /// <summary>Told of every accepted swap: the number of the hotter temperature and the chain.</summary>
    public Action<int, int>? Swapped { get; init; }

    /// <summary>β_t = t/(T − 1).</summary>
    public static double[] Even(int temperatures) => [.. Enumerable.Range(0, temperatures).Select(t => (double)t / (temperatures - 1))];

    /// <summary>The layers that a chain is: the odd side is drawn anew at the beginning of every sweep.</summary>
    public static IReadOnlyList<int> Carried(EnergyModel model) =>
        model.Sides?.Even ?? [.. Enumerable.Range(0, model.Layers.Count).Except(model.ContextLayers)];

    /// <summary>Takes the target's parameters as they are now.</summary>
    public void Refresh()
    {
        for (int t = 0; t < betas.Length; t++) Replicas[t].Model.Beta = betas[t];
    }

    /// <summary>One sweep of every chain.</summary>
    public void Sweep(Rng rng)
    {
        foreach (Replica replica in Replicas) Gibbs.Sweep(replica.Model, replica.State, rng);
    }

    /// <summary>Proposes a swap of every two neighbours.</summary>
    /// <remarks>
    /// A sweep ends with the even side, so the energy that decides is that of all layers as sampled; only that side is exchanged, because
    /// the next sweep draws the other anew.
    /// </remarks>
    public void Swap(Rng rng)
    {
        allEnergies.Fill(0);
        foreach (Replica replica in Replicas) replica.AddEnergies();
        allEnergies.ReadColumn(0, energies);
        uniforms.SampleUniform(rng);
        uniforms.ReadRow(0, uniform);
        Decide();
        allMasks.WriteColumn(0, accepted);
        for (int parity = 0; parity < 2; parity++)
            for (int t = parity; t < betas.Length - 1; t += 2) Replicas[t].Exchange(Replicas[t + 1], masks[t]);
    }

    // Energies travel with their chains, so every decision can be made before the first chain moves.
    void Decide()
    {
        Array.Clear(accepted);
        for (int parity = 0; parity < 2; parity++)
            for (int t = parity; t < betas.Length - 1; t += 2)
                for (int c = 0; c < rows; c++)
                {
                    ref double hot = ref energies[t * rows + c], cold = ref energies[(t + 1) * rows + c];
                    double log = (betas[t] - betas[t + 1]) * (hot - cold);
                    Replicas[t].Proposed++;
                    if (!(Math.Log(uniform[t * rows + c]) < log)) continue;
                    Replicas[t].Accepted++;
                    accepted[t * rows + c] = 1;
                    (hot, cold) = (cold, hot);
                    Swapped?.Invoke(t, c);
                }
    }
}
