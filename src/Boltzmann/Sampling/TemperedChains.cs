namespace Boltzmann.Sampling;

/// <summary>
/// Chains that cross between modes: copies of a machine at several temperatures exchange their states, and those at temperature 1 are its
/// samples (Swendsen and Wang 1986; Geyer 1991). Sweeps as <see cref="ParallelTempering"/> does in training, of which it is the part that
/// samples.
/// </summary>
/// <remarks>
/// A copy has the energy Σ U(x) − β·Σ xᵀWx; neighbours swap with probability min(1, exp((β_t − β_{t+1})·(C_t − C_{t+1}))), C = −Σ xᵀWx,
/// which leaves every distribution as it is. The target's parameters are taken when this is made; <see cref="Refresh"/> takes them again.
/// </remarks>
public sealed class TemperedChains
{
    readonly ReplicaLadder ladder;
    readonly double[] betas;
    readonly int[][] walkers;
    readonly End[] lastEnd;

    /// <summary>Chains at β = t/(T − 1), t = 0 … T − 1, drawn by the biases alone.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="chains">Chains at each temperature, at least 1.</param>
    /// <param name="rng">Source of randomness for the start.</param>
    /// <param name="temperatures">T, at least 2.</param>
    public TemperedChains(EnergyModel model, int chains, Rng rng, int temperatures = 10)
        : this(model, chains, temperatures >= 2 ? ReplicaLadder.Even(temperatures)
            : throw new ArgumentOutOfRangeException(nameof(temperatures), $"tempering needs at least 2 temperatures, not {temperatures}"),
                rng)
    { }

    /// <summary>Chains at inverse temperatures of one's own, drawn by the biases alone.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="chains">Chains at each temperature, at least 1.</param>
    /// <param name="betas">Inverse temperatures, rising from 0 or above to 1.</param>
    /// <param name="rng">Source of randomness for the start.</param>
    /// <exception cref="ArgumentException">They are fewer than two, do not rise, or do not end at 1.</exception>
    public TemperedChains(EnergyModel model, int chains, IReadOnlyList<double> betas, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        if (betas.Count < 2) throw new ArgumentException($"tempering needs at least 2 temperatures, not {betas.Count}", nameof(betas));
        if (!(betas[0] >= 0) || betas[^1] != 1 || betas.Zip(betas.Skip(1)).Any(pair => !(pair.First < pair.Second)))
            throw new ArgumentException($"inverse temperatures must rise from 0 or above to 1, not be {string.Join(", ", betas)}",
                nameof(betas));
        this.betas = [.. betas];
        walkers = [.. Enumerable.Range(0, betas.Count).Select(t => Enumerable.Range(t * chains, chains).ToArray())];
        lastEnd = new End[betas.Count * chains];
        ladder = new(model, this.betas, chains) { Swapped = Follow };
        Refresh();
        foreach (Replica replica in ladder.Replicas) Gibbs.Start(model, replica.State, rng);
    }

    /// <summary>The machine at β = 1.</summary>
    public EnergyModel Model => ladder.Target;

    /// <summary>The chains at temperature 1.</summary>
    public State State => ladder.Coldest.State;

    /// <summary>Inverse temperatures, from the hottest to the coldest.</summary>
    public IReadOnlyList<double> Betas => betas;

    /// <summary>Sweeps since the start or <see cref="ResetCounts"/>.</summary>
    public long Sweeps { get; private set; }

    /// <summary>Share of proposed swaps that were accepted, between each temperature and the next; NaN before the first.</summary>
    public IReadOnlyList<double> SwapRates => ladder.SwapRates;

    /// <summary>
    /// How often a state that had come from the coldest temperature went to the hottest and came back. Swaps help only as far as states
    /// travel so: high swap rates alone can be a state going to and fro between two neighbours (Katzgraber et al. 2006).
    /// </summary>
    public long RoundTrips { get; private set; }

    /// <summary>Takes the model's parameters as they are now.</summary>
    public void Refresh() => ladder.Refresh();

    /// <summary>Keeps some units of a layer at given values, at every temperature; see <see cref="State.ClampUnits"/>.</summary>
    /// <param name="layer">Which layer.</param>
    /// <param name="known">1 for units to keep, 0 for free ones: [1 × units] or [chains × units].</param>
    /// <param name="given">The values to keep, [chains × units].</param>
    public void ClampUnits(int layer, Matrix known, Matrix given)
    {
        foreach (Replica replica in ladder.Replicas) replica.State.ClampUnits(layer, known, given);
    }

    /// <summary>Starts the chains of every temperature at configurations.</summary>
    /// <param name="state">As many rows as there are chains.</param>
    public void StartAt(State state)
    {
        foreach (Replica replica in ladder.Replicas)
            for (int l = 0; l < state.Layers; l++)
            {
                replica.State[l].SetCopy(state[l]);
                replica.State.Restore(l);
            }
    }

    /// <summary>Swaps of neighbours, then one sweep at every temperature.</summary>
    public void Sweep(Rng rng)
    {
        ladder.Swap(rng);
        ladder.Sweep(rng);
        Sweeps++;
        foreach (int walker in walkers[0])
            if (lastEnd[walker] == End.Cold) lastEnd[walker] = End.HotAfterCold;
        foreach (int walker in walkers[^1])
        {
            if (lastEnd[walker] == End.HotAfterCold) RoundTrips++;
            lastEnd[walker] = End.Cold;
        }
    }

    /// <summary>Forgets sweeps, swaps and travels so far: after a burn-in.</summary>
    public void ResetCounts()
    {
        foreach (Replica replica in ladder.Replicas) replica.Proposed = replica.Accepted = 0;
        Array.Clear(lastEnd);
        Sweeps = RoundTrips = 0;
    }

    void Follow(int hot, int chain) =>
        (walkers[hot][chain], walkers[hot + 1][chain]) = (walkers[hot + 1][chain], walkers[hot][chain]);

    enum End { None, Cold, HotAfterCold }
}
