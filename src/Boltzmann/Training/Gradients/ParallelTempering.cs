namespace Boltzmann.Training;

/// <summary>
/// Persistent chains at several temperatures that exchange their states, so that those at temperature 1 keep crossing between modes
/// (Desjardins et al. 2010; Cho, Raiko and Ilin 2010). In machines with joined hidden layers the positive phase is variational.
/// </summary>
/// <remarks>
/// Replica t has the energy Σ U(x) − β_t·Σ xᵀWx with β_t = t/(T − 1), the last at 1: only the weights are tempered, so that the path is
/// defined for every unit kind (a Gaussian unit has no infinite temperature) and the hottest units are independent with their own biases.
/// After each sweep, neighbours (first those from an even, then from an odd t) swap with probability min(1, exp((β_t − β_{t+1})·(C_t −
/// C_{t+1}))), C = −Σ xᵀWx. Only the layers that a sweep does not begin with are exchanged where layers have two
/// <see cref="EnergyModel.Sides"/>, all of them otherwise.
/// </remarks>
/// <param name="temperatures">T, 2 or more.</param>
/// <param name="chains">Chains at each temperature; 0 for as many as the first batch has rows.</param>
/// <param name="steps">Sweeps, each followed by swaps, per update.</param>
/// <param name="inference">The positive phase of machines whose hidden layers are joined; null for the defaults of
/// <see cref="MeanField"/>.</param>
public sealed class ParallelTempering(int temperatures = 10, int chains = 0, int steps = 1,
    MeanField? inference = null) : IGradientEstimator, IPersistentChains
{
    const string MemoryPrefix = "tempering.", SwapsName = "swaps";

    readonly int count = temperatures > 1 ? temperatures
        : throw new ArgumentOutOfRangeException(nameof(temperatures), $"tempering needs at least 2 temperatures, not {temperatures}");
    readonly int chains = chains >= 0 ? chains : throw new ArgumentOutOfRangeException(nameof(chains),
        $"the number of chains must be at least 1, or 0 for one per row of the batch, not {chains}");
    readonly double[] counts = new double[2 * Math.Max(0, temperatures - 1)];
    readonly ChainWeights weights = new();
    ReplicaLadder? ladder;
    // Proposed and accepted swaps, in float64 whatever the machine's precision: saved with the chains.
    Matrix? swaps;

    /// <inheritdoc/>
    public string Name => "pt";

    /// <inheritdoc/>
    public int Steps
    {
        get;
        set => field = PositivePhase.RequireSteps(value);
    } = PositivePhase.RequireSteps(steps);

    /// <summary>The visible states at temperature 1, [C × V]; null before the first update.</summary>
    public Matrix? Particles => ladder?.Coldest.State[0];

    /// <summary>The chains at temperature 1.</summary>
    /// <inheritdoc/>
    public State? Chains => ladder?.Coldest.State;

    /// <inheritdoc/>
    public bool AreOfModel => true;

    /// <summary>
    /// Share of proposed swaps that were accepted, between each temperature and the next, over all updates so far, those before a
    /// resumption included; 0 where none was proposed yet.
    /// </summary>
    public IReadOnlyList<double> SwapRates =>
        swaps is null ? [] : [.. swaps.ReadRow(1).Zip(swaps.ReadRow(0), (yes, all) => all > 0 ? yes / all : 0)];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory =>
        ladder is null ? [] : [.. ladder.Replicas.SelectMany((r,
            t) => ReplicaLadder.Carried(ladder.Target).Select(l => (MemoryName(t, l), r.State[l]))), (SwapsName, swaps!)];

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The saved temperatures differ in their number of chains.</exception>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows)
    {
        IReadOnlyList<int> carried = ReplicaLadder.Carried(model);
        // Chains of other temperatures than these are of no use: then new ones start at the next batch.
        if (rows.Keys.Count(name => name.StartsWith(MemoryPrefix, StringComparison.Ordinal)) != count * carried.Count
            || !rows.TryGetValue(MemoryName(0, 0), out int saved)) return;
        for (int t = 0; t < count; t++)
            if (!carried.All(l => rows.TryGetValue(MemoryName(t, l), out int others) && others == saved))
                throw new BadInputException($"the checkpoint has not as many chains at temperature {t} as at temperature 0");
        Hold(new(model, ReplicaLadder.Even(count), saved));
    }

    /// <inheritdoc/>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        PositivePhase.Add(model, batch, gradient, Inference);
        if (ladder?.Target != model) Hold(Start(model, batch.State));
        ladder!.Refresh();
        foreach (Replica replica in ladder.Replicas) PositivePhase.Condition(model, replica.State, batch.State);
        for (int k = 0; k < Steps; k++)
        {
            ladder.Sweep(rng);
            ladder.Swap(rng);
        }
        CountSwaps();
        State cold = ladder.Coldest.State;
        IReadOnlyList<int> drawnNext = model.Sides?.Odd ?? [];
        bool takesMeans = PositivePhase.TakesMeans(model, cold, drawnNext);
        if (takesMeans) PositivePhase.SetMeans(model, cold, drawnNext);
        weights.AddPhase(model, batch, cold, takesMeans ? LayerSet.Of(drawnNext) : LayerSet.None, gradient);
    }

    /// <summary>How the positive phase of machines with joined hidden layers is found.</summary>
    public MeanField Inference { get; } = inference ?? new();

    static string MemoryName(int temperature, int layer) =>
        layer == 0 ? $"{MemoryPrefix}{temperature}.visible" : $"{MemoryPrefix}{temperature}.{layer}";

    void Hold(ReplicaLadder replicas)
    {
        ladder = replicas;
        swaps = new Matrix(2, count - 1, replicas.Target.Placement.Double);
    }

    void CountSwaps()
    {
        int pairs = count - 1;
        swaps!.ReadRows(0, 2, counts);
        for (int t = 0; t < pairs; t++)
        {
            Replica replica = ladder!.Replicas[t];
            counts[t] += replica.Proposed;
            counts[pairs + t] += replica.Accepted;
            replica.Proposed = replica.Accepted = 0;
        }
        swaps.WriteRows(0, 2, counts);
    }

    ReplicaLadder Start(EnergyModel model, State data)
    {
        var started = new ReplicaLadder(model, ReplicaLadder.Even(count), chains > 0 ? chains : data.Rows);
        foreach (Replica replica in started.Replicas)
            foreach (int l in ReplicaLadder.Carried(model)) State.CopyRows(data[l], replica.State[l]);
        return started;
    }
}
