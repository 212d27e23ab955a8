namespace Boltzmann;

/// <summary>
/// Persistent chains at several temperatures that exchange their states, so that those at temperature 1 keep crossing between modes
/// (Desjardins et al. 2010; Cho, Raiko and Ilin 2010). In machines with joined hidden layers the positive phase is variational.
/// </summary>
/// <remarks>
/// Replica t has the energy Σ U(x) − β_t·Σ xᵀWx with β_t = t/(T − 1), the last at 1: only the weights are tempered, so that the path is
/// defined for every unit kind (a Gaussian unit has no infinite temperature) and the hottest units are independent with their own biases.
/// After each sweep, neighbours (first those from an even, then from an odd t) swap with probability min(1, exp((β_t − β_{t+1})·(C_t − C_{t+1}))),
/// C = −Σ xᵀWx. Only the layers that a sweep does not begin with are exchanged where layers have two <see cref="EnergyModel.Sides"/>, all of them otherwise.
/// </remarks>
/// <param name="temperatures">T, 2 or more.</param>
/// <param name="chains">Chains at each temperature; 0 for as many as the first batch has rows.</param>
/// <param name="steps">Sweeps, each followed by swaps, per update.</param>
/// <param name="inference">The positive phase of machines whose hidden layers are joined; null for the defaults of <see cref="MeanField"/>.</param>
public sealed class ParallelTempering(int temperatures = 10, int chains = 0, int steps = 1, MeanField? inference = null) : IGradientEstimator
{
    const string MemoryPrefix = "tempering.";

    readonly int count = temperatures > 1 ? temperatures : throw new ArgumentOutOfRangeException(nameof(temperatures), $"tempering needs at least 2 temperatures, not {temperatures}");
    readonly int chains = chains >= 0 ? chains : throw new ArgumentOutOfRangeException(nameof(chains), $"the number of chains must be at least 1, or 0 for that of the batch, not {chains}");
    EnergyModel? owner;
    Replica[] replicas = [];
    Matrix? uniforms;
    double[] uniform = [];

    /// <inheritdoc/>
    public string Name => "pt";

    /// <inheritdoc/>
    public int Steps
    {
        get;
        set => field = PositivePhase.RequireSteps(value);
    } = PositivePhase.RequireSteps(steps);

    /// <summary>The visible states at temperature 1, [C × V]; null before the first update.</summary>
    public Matrix? Particles => replicas.Length == 0 ? null : replicas[^1].State[0];

    /// <summary>Share of proposed swaps that were accepted, between each temperature and the next, over all updates so far.</summary>
    public IReadOnlyList<double> SwapRates => [.. replicas.SkipLast(1).Select(r => r.Proposed == 0 ? double.NaN : (double)r.Accepted / r.Proposed)];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [.. replicas.SelectMany((r, t) => Carried(owner!).Select(l => (MemoryName(t, l), r.State[l])))];

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The saved temperatures differ in their number of chains.</exception>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows)
    {
        // Chains of other temperatures than these are of no use: then new ones start at the next batch.
        if (rows.Keys.Count(name => name.StartsWith(MemoryPrefix, StringComparison.Ordinal)) != count * Carried(model).Count || !rows.TryGetValue(MemoryName(0, 0), out int saved)) return;
        for (int t = 0; t < count; t++)
            if (!Carried(model).All(l => rows.TryGetValue(MemoryName(t, l), out int others) && others == saved))
                throw new BadInputException($"the checkpoint has not as many chains at temperature {t} as at temperature 0");
        Allocate(model, saved);
    }

    /// <inheritdoc/>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        PositivePhase.Add(model, batch, gradient, Inference);
        if (owner != model) Start(model, batch.State);
        for (int t = 0; t < count; t++) replicas[t].Model.Beta = (double)t / (count - 1);
        for (int k = 0; k < Steps; k++)
        {
            foreach (Replica replica in replicas) Gibbs.Sweep(replica.Model, replica.State, rng);
            Swap(rng);
        }
        State cold = replicas[^1].State;
        IReadOnlyList<int> drawnNext = model.Sides?.Odd ?? [];
        PositivePhase.SetMeans(model, cold, drawnNext);
        gradient.AddPhase(cold, PositivePhase.Means(drawnNext), null, -1.0 / cold.Rows);
    }

    /// <summary>How the positive phase of machines with joined hidden layers is found.</summary>
    public MeanField Inference { get; } = inference ?? new();

    // The layers that a chain is: the odd side is drawn anew at the beginning of every sweep.
    static IReadOnlyList<int> Carried(EnergyModel model) => model.Sides?.Even ?? [.. Enumerable.Range(0, model.Layers.Count)];

    static string MemoryName(int temperature, int layer) => layer == 0 ? $"{MemoryPrefix}{temperature}.visible" : $"{MemoryPrefix}{temperature}.{layer}";

    // A sweep ends with the even side, so the energy that decides is that of all layers as sampled; only that side is exchanged, because the next sweep draws the other anew.
    void Swap(Rng rng)
    {
        foreach (Replica replica in replicas) replica.SetEnergies(owner!);
        uniforms!.SampleUniform(rng);
        uniforms.ReadRow(0, uniform);
        int chainCount = replicas[0].State.Rows;
        for (int parity = 0; parity < 2; parity++)
            for (int t = parity; t < count - 1; t += 2)
            {
                Replica hot = replicas[t], cold = replicas[t + 1];
                for (int c = 0; c < chainCount; c++)
                {
                    double log = (hot.Model.Beta - cold.Model.Beta) * (hot.Energies[c] - cold.Energies[c]);
                    hot.Proposed++;
                    if (!(Math.Log(uniform[t * chainCount + c]) < log)) continue;
                    hot.Accepted++;
                    hot.Exchange(cold, c);
                }
            }
    }

    void Start(EnergyModel model, State data)
    {
        Allocate(model, chains > 0 ? chains : data.Rows);
        foreach (Replica replica in replicas)
            foreach (int l in Carried(model)) PositivePhase.StartAtData(replica.State[l], data[l]);
    }

    void Allocate(EnergyModel model, int rows)
    {
        owner = model;
        replicas = [.. Enumerable.Range(0, count).Select(_ => new Replica(model, rows))];
        uniforms = new Matrix(1, rows * count, model.Placement);
        uniform = new double[rows * count];
    }

    sealed class Replica
    {
        readonly Matrix energies;
        readonly Matrix[] spare;
        readonly Matrix[][] chains;

        public Replica(EnergyModel model, int rows)
        {
            energies = new Matrix(rows, 1, model.Placement);
            Model = new AnnealedModel(model, model.Layers);
            State = new State(model, rows);
            Energies = new double[rows];
            // Views of the single chains, made once: swapping allocates nothing.
            chains = [.. Carried(model).Select(l => Enumerable.Range(0, rows).Select(r => State[l].RowRange(r, 1)).ToArray())];
            spare = [.. Carried(model).Select(l => State[l].Like(1, State[l].Columns))];
        }

        public AnnealedModel Model { get; }

        public State State { get; }

        public double[] Energies { get; }

        public long Proposed { get; set; }

        public long Accepted { get; set; }

        public void SetEnergies(EnergyModel target)
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
}
