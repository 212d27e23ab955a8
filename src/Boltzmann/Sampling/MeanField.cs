namespace Boltzmann;

/// <summary>
/// Mean-field inference: the factorised distribution q(h) = ∏ q_l(h_l) nearest to p(h|v), whose layers have the means μ_l = E[h_l | Σ μ_other·W] of each
/// other (Saul, Jaakkola and Jordan 1996; Salakhutdinov and Hinton 2009, section 3). Each update of one layer raises the bound
/// log p(v) ≥ −⟨E⟩_q + H(q) − log Z; where hidden layers are not joined, one update is exact.
/// </summary>
/// <remarks>
/// It starts from a pass upward in which a layer that will also hear from above takes twice the inputs from below. It keeps scratch memory, so it serves one thread at a time.
/// </remarks>
/// <param name="updates">Sweeps at most; 10 to 25 suffice (Salakhutdinov and Hinton 2009).</param>
/// <param name="tolerance">Sweeps end when no mean has moved further; 0 for always all of them.</param>
/// <param name="damping">What stays of the old means, from 0 to below 1: μ ← damping·μ + (1 − damping)·E[h | inputs].</param>
/// <param name="order">How updates follow one another.</param>
public sealed class MeanField(int updates = 25, double tolerance = 1e-4, double damping = 0, SweepOrder order = SweepOrder.Sequential)
{
    readonly double tolerance = tolerance >= 0 ? tolerance : throw new ArgumentOutOfRangeException(nameof(tolerance), $"the tolerance must be at least 0, not {tolerance}");
    readonly double damping = damping is >= 0 and < 1 ? damping : throw new ArgumentOutOfRangeException(nameof(damping), $"the damping must be at least 0 and below 1, not {damping}");
    readonly List<BatchScratch> constants = [], changes = [];
    readonly List<int> layers = [];

    /// <summary>Sweeps at most.</summary>
    public int Updates { get; } = updates > 0 ? updates : throw new ArgumentOutOfRangeException(nameof(updates), $"mean-field inference needs at least one update, not {updates}");

    /// <summary>Sweeps of the last inference.</summary>
    public int LastUpdates { get; private set; }

    /// <summary>The greatest change of a mean in its last sweep; NaN where no tolerance asked for it.</summary>
    public double LastChange { get; private set; } = double.NaN;

    /// <summary>Another inference of the same settings, with scratch memory of its own.</summary>
    public MeanField Copy() => new(Updates, tolerance, damping, order);

    /// <summary>Sets the hidden layers to their means given the visible ones; their inputs stay in the state.</summary>
    public void Infer(EnergyModel model, State state) => Infer(model, state, model.HiddenLayers);

    /// <summary>Sets layers to their means given all others; their inputs stay in the state. Clamped layers and units keep their values.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="state">A configuration per row; what the free layers hold is overwritten.</param>
    /// <param name="free">The layers to infer: hidden ones, or also the labels.</param>
    public void Infer(EnergyModel model, State state, IReadOnlyList<int> free)
    {
        layers.Clear();
        uint freeSet = 0;
        for (int i = 0; i < free.Count; i++)
        {
            if (state.IsClamped(free[i])) continue;
            layers.Add(free[i]);
            freeSet |= 1u << free[i];
        }
        while (constants.Count < model.Layers.Count)
        {
            constants.Add(new());
            changes.Add(new());
        }
        LastUpdates = 1;
        LastChange = double.NaN;
        if (!AnyJoined(model))
        {
            SetExactly(model, state);
            return;
        }
        Start(model, state, freeSet);
        while (true)
        {
            double change = order == SweepOrder.Sequential ? Sequential(model, state, freeSet) : Parallel(model, state, freeSet);
            LastChange = tolerance > 0 ? change : double.NaN;
            if (LastUpdates == Updates || change < tolerance) return;
            LastUpdates++;
        }
    }

    void SetExactly(EnergyModel model, State state)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            model.SetInputs(state, layers[i], state.Inputs(layers[i]));
            model.Layers[layers[i]].SetMean(state.Inputs(layers[i]), state[layers[i]]);
            state.Restore(layers[i]);
        }
    }

    // Layers in the order of their distance from those that are given: each hears the ones set before it, doubled if others will follow.
    void Start(EnergyModel model, State state, uint freeSet)
    {
        uint known = ~freeSet;
        for (int i = 0; i < layers.Count; i++) model.SetInputs(state, layers[i], Constant(state, layers[i]), known, 0);
        for (int left = layers.Count; left > 0; left--)
        {
            int layer = Nearest(model, known);
            Matrix inputs = state.Inputs(layer);
            inputs.SetCopy(Constant(state, layer));
            model.SetInputs(state, layer, inputs, known & freeSet, 1);
            bool hearsMore = false;
            for (int i = 0; i < layers.Count; i++) hearsMore |= layers[i] != layer && (known >> layers[i] & 1) == 0 && model.AreJoined(layer, layers[i]);
            if (hearsMore) inputs.SetSum(inputs, 2);
            SetMean(model, state, layer, 0);
            known |= 1u << layer;
        }
    }

    int Nearest(EnergyModel model, uint known)
    {
        int rest = -1;
        for (int i = 0; i < layers.Count; i++)
        {
            if ((known >> layers[i] & 1) != 0) continue;
            for (int other = 0; other < model.Layers.Count; other++)
                if ((known >> other & 1) != 0 && model.AreJoined(layers[i], other)) return layers[i];
            if (rest < 0) rest = layers[i];
        }
        return rest;
    }

    double Sequential(EnergyModel model, State state, uint freeSet)
    {
        double change = 0;
        for (int i = 0; i < layers.Count; i++)
        {
            Connection? within = model.Within(layers[i]);
            // Where edges join units, their sweep adds what they say to each other.
            SetInputs(model, state, layers[i], within?.Edges is null ? freeSet : freeSet & ~(1u << layers[i]));
            change = Math.Max(change, SetMean(model, state, layers[i], damping, within));
        }
        return change;
    }

    double Parallel(EnergyModel model, State state, uint freeSet)
    {
        for (int i = 0; i < layers.Count; i++) SetInputs(model, state, layers[i], freeSet);
        double change = 0;
        for (int i = 0; i < layers.Count; i++) change = Math.Max(change, SetMean(model, state, layers[i], damping));
        return change;
    }

    // What the given layers say does not change from sweep to sweep.
    void SetInputs(EnergyModel model, State state, int layer, uint freeSet)
    {
        Matrix inputs = state.Inputs(layer);
        inputs.SetCopy(Constant(state, layer));
        model.SetInputs(state, layer, inputs, freeSet, 1);
    }

    // Units that are joined to each other follow one another (where weights are given), as layers do.
    double SetMean(EnergyModel model, State state, int layer, double keep, Connection? within = null)
    {
        Matrix mean = state[layer];
        if (tolerance == 0 && keep == 0)
        {
            Update();
            state.Restore(layer);
            return double.PositiveInfinity;
        }
        Matrix old = changes[layer].Like(mean);
        old.SetCopy(mean);
        Update();
        if (keep > 0) mean.SetSum(mean, 1 - keep, old, keep);
        state.Restore(layer);
        if (tolerance == 0) return double.PositiveInfinity;
        old.SetSum(mean, 1, old, -1);
        Summary difference = old.Summarize();
        return Math.Max(difference.Maximum, -difference.Minimum);

        void Update()
        {
            if (within is null) model.Layers[layer].SetMean(state.Inputs(layer), mean);
            else ((TwoStateLayer)model.Layers[layer]).SetMeanWithin(state.Inputs(layer), mean, within, model.Coupling, state.Free(layer));
        }
    }

    Matrix Constant(State state, int layer) => constants[layer].Like(state[layer]);

    bool AnyJoined(EnergyModel model)
    {
        for (int i = 0; i < layers.Count; i++)
            for (int j = i; j < layers.Count; j++)
                if (model.AreJoined(layers[i], layers[j])) return true;
        return false;
    }
}
