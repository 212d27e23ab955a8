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
/// <param name="tolerance">
/// Sweeps end when no mean has moved further; 0 for always all of them. Looked at after every sweep, or after every fifth where looking
/// stops a device.
/// </param>
/// <param name="damping">What stays of the old means, from 0 to below 1: μ ← damping·μ + (1 − damping)·E[h | inputs].</param>
/// <param name="order">How updates follow one another.</param>
public sealed class MeanField(int updates = 25, double tolerance = 1e-4, double damping = 0, SweepOrder order = SweepOrder.Sequential)
{
    readonly double tolerance = tolerance >= 0 ? tolerance : throw new ArgumentOutOfRangeException(nameof(tolerance), $"the tolerance must be at least 0, not {tolerance}");
    readonly double damping = damping is >= 0 and < 1 ? damping : throw new ArgumentOutOfRangeException(nameof(damping), $"the damping must be at least 0 and below 1, not {damping}");
    // How often a backend whose reads wait is asked whether the means still move.
    const int SweepsBetweenLooks = 5;

    readonly List<BatchScratch> constants = [], changes = [];
    readonly List<PendingSummary> moves = [];
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
            bool isTime = !model.Placement.Backend.ReadsWait || LastUpdates % SweepsBetweenLooks == 0 || LastUpdates == Updates;
            bool looks = tolerance > 0 && isTime;
            moves.Clear();
            if (order == SweepOrder.Sequential) Sequential(model, state, freeSet, looks);
            else Parallel(model, state, freeSet, looks);
            LastChange = looks ? Change() : double.NaN;
            if (LastUpdates == Updates || LastChange < tolerance) return;
            LastUpdates++;
        }
    }

    // The last is asked first: when it is known, so are the others.
    double Change()
    {
        double change = 0;
        for (int i = moves.Count - 1; i >= 0; i--)
        {
            Summary difference = moves[i].Value;
            change = Math.Max(change, Math.Max(difference.Maximum, -difference.Minimum));
        }
        return change;
    }

    void SetExactly(EnergyModel model, State state)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            model.SetUnits(state, layers[i], state[layers[i]]);
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
            model.Layers[layer].SetMean(inputs, state[layer]);
            state.Restore(layer);
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

    void Sequential(EnergyModel model, State state, uint freeSet, bool looks)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            int layer = layers[i];
            Keep(state, layer, looks);
            // Units that are joined to each other follow one another, as layers do. Where edges join them, their sweep adds what they say
            // to each other.
            if (model.Within(layer) is Connection within)
            {
                SetInputs(model, state, layer, within.Edges is null ? freeSet : freeSet & ~(1u << layer));
                var units = (TwoStateLayer)model.Layers[layer];
                units.SetMeanWithin(state.Inputs(layer), state[layer], within, model.Coupling, state.Free(layer));
            }
            else
            {
                state.Inputs(layer).SetCopy(Constant(state, layer));
                model.SetUnits(state, layer, state[layer], null, null, freeSet, 1);
            }
            Finish(state, layer, looks);
        }
    }

    void Parallel(EnergyModel model, State state, uint freeSet, bool looks)
    {
        for (int i = 0; i < layers.Count; i++) SetInputs(model, state, layers[i], freeSet);
        for (int i = 0; i < layers.Count; i++)
        {
            Keep(state, layers[i], looks);
            model.Layers[layers[i]].SetMean(state.Inputs(layers[i]), state[layers[i]]);
            Finish(state, layers[i], looks);
        }
    }

    // What the given layers say does not change from sweep to sweep.
    void SetInputs(EnergyModel model, State state, int layer, uint freeSet)
    {
        Matrix inputs = state.Inputs(layer);
        inputs.SetCopy(Constant(state, layer));
        model.SetInputs(state, layer, inputs, freeSet, 1);
    }

    // The means before an update, where anybody asks for them.
    void Keep(State state, int layer, bool looks)
    {
        if (looks || damping > 0) changes[layer].Like(state[layer]).SetCopy(state[layer]);
    }

    // What stays of the old means, the clamped units, and how far the means have moved.
    void Finish(State state, int layer, bool looks)
    {
        Matrix mean = state[layer], old = changes[layer].Like(mean);
        if (damping > 0) mean.SetSum(mean, 1 - damping, old, damping);
        state.Restore(layer);
        if (!looks) return;
        old.SetSum(mean, 1, old, -1);
        moves.Add(old.BeginSummary());
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
