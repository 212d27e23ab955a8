namespace Boltzmann;

/// <summary>
/// Mean-field inference: the factorised distribution q(h) = ∏ q_l(h_l) nearest to p(h|v), whose layers have the means μ_l = E[h_l | Σ
/// μ_other·W] of each other (Saul, Jaakkola and Jordan 1996; Salakhutdinov and Hinton 2009, section 3). Each update of one layer raises the
/// bound log p(v) ≥ −⟨E⟩_q + H(q) − log Z; where hidden layers are not joined, one update is exact.
/// </summary>
/// <remarks>
/// It starts from a pass upward in which a layer that will also have inputs from above takes twice the inputs from below. Its memory is the
/// state's, so one inference serves any number of threads.
/// </remarks>
/// <param name="updates">Sweeps at most; 10 to 25 suffice (Salakhutdinov and Hinton 2009).</param>
/// <param name="tolerance">
/// Sweeps end when no mean has moved further; 0 for always all of them. Looked at after every sweep, or after every fifth where looking
/// stops a device.
/// </param>
/// <param name="damping">What stays of the old means, from 0 to below 1: μ ← damping·μ + (1 − damping)·E[h | inputs].</param>
/// <param name="order">How updates follow one another.</param>
public sealed partial class MeanField(int updates = 25, double tolerance = 1e-4, double damping = 0,
    SweepOrder order = SweepOrder.Sequential)
{
    // How often a backend whose reads wait is asked whether the means still move.
    const int SweepsBetweenLooks = 5;

    readonly double tolerance = tolerance >= 0 ? tolerance
        : throw new ArgumentOutOfRangeException(nameof(tolerance), $"the tolerance must be at least 0, not {tolerance}");
    readonly double damping = damping is >= 0 and < 1 ? damping
        : throw new ArgumentOutOfRangeException(nameof(damping), $"the damping must be at least 0 and below 1, not {damping}");

    /// <summary>Sweeps at most.</summary>
    public int Updates { get; } = updates > 0 ? updates
        : throw new ArgumentOutOfRangeException(nameof(updates), $"mean-field inference needs at least one update, not {updates}");

    /// <summary>Sets the hidden layers to their means given the visible ones; their inputs stay in the state.</summary>
    public MeanFieldResult Infer(EnergyModel model, State state) => Infer(model, state, model.HiddenLayers);

    /// <summary>
    /// Sets layers to their means given all others; their inputs stay in the state. Clamped layers and units keep their values.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="state">A configuration per row; what the free layers hold is overwritten.</param>
    /// <param name="free">The layers to infer: hidden ones, or also the labels.</param>
    /// <returns>How many sweeps it took, and how far they came.</returns>
    public MeanFieldResult Infer(EnergyModel model, State state, IReadOnlyList<int> free)
    {
        LayerSet inferred = LayerSet.None;
        for (int i = 0; i < free.Count; i++)
            if (!state.IsClamped(free[i]) && !model.Layers[free[i]].IsContext) inferred = inferred.With(free[i]);
        if (!AnyJoined(model, inferred))
        {
            SetExactly(model, state, free, inferred);
            return new(1, double.NaN);
        }
        Start(model, state, free, inferred);
        for (int sweep = 1; ; sweep++)
        {
            bool isTime = !model.Placement.Backend.ReadsWait || sweep % SweepsBetweenLooks == 0 || sweep == Updates;
            bool looks = tolerance > 0 && isTime;
            state.Moves.Clear();
            if (order == SweepOrder.Sequential) Sequential(model, state, free, inferred, looks);
            else Parallel(model, state, free, inferred, looks);
            double change = looks ? Change(state.Moves) : double.NaN;
            if (sweep == Updates || change < tolerance) return new(sweep, change);
        }
    }

    // The last is asked first: when it is known, so are the others.
    static double Change(List<PendingSummary> moves)
    {
        double change = 0;
        for (int i = moves.Count - 1; i >= 0; i--)
        {
            Summary difference = moves[i].Value;
            change = Math.Max(change, Math.Max(difference.Maximum, -difference.Minimum));
        }
        return change;
    }

    static void SetExactly(EnergyModel model, State state, IReadOnlyList<int> free, LayerSet inferred)
    {
        for (int i = 0; i < free.Count; i++)
        {
            if (!inferred.Contains(free[i])) continue;
            model.SetUnits(state, free[i], state[free[i]]);
            state.Restore(free[i]);
        }
    }

    // Layers in the order of their distance from those that are given: each takes inputs from the ones set before it, doubled if others
    // will follow.
    static void Start(EnergyModel model, State state, IReadOnlyList<int> free, LayerSet inferred)
    {
        LayerSet given = inferred.Others, known = given;
        for (int i = 0; i < free.Count; i++)
            if (inferred.Contains(free[i])) model.SetInputs(state, free[i], state.GivenInputs(free[i]), given, LayerSet.None, 0);
        while (Nearest(model, free, known) is >= 0 and int layer)
        {
            Matrix inputs = state.Inputs(layer);
            inputs.SetCopy(state.GivenInputs(layer));
            model.SetInputs(state, layer, inputs, known, given, 1);
            bool hasMore = false;
            for (int i = 0; i < free.Count; i++) hasMore |= free[i] != layer && !known.Contains(free[i]) && model.AreJoined(layer, free[i]);
            if (hasMore) inputs.SetSum(inputs, 2);
            model.UnitsOf(state, layer).SetMean(inputs, state[layer], state.Workspace);
            state.Restore(layer);
            known = known.With(layer);
        }
    }

    // Of the layers that are not known one that is joined to a known one, or any; -1 for none.
    static int Nearest(EnergyModel model, IReadOnlyList<int> free, LayerSet known)
    {
        int rest = -1;
        for (int i = 0; i < free.Count; i++)
        {
            if (known.Contains(free[i])) continue;
            for (int other = 0; other < model.Layers.Count; other++)
                if (known.Contains(other) && model.AreJoined(free[i], other)) return free[i];
            if (rest < 0) rest = free[i];
        }
        return rest;
    }

    void Sequential(EnergyModel model, State state, IReadOnlyList<int> free, LayerSet inferred, bool looks)
    {
        for (int i = 0; i < free.Count; i++)
        {
            int layer = free[i];
            if (!inferred.Contains(layer)) continue;
            Keep(state, layer, looks);
            // Units that are joined to each other follow one another, as layers do. Where edges join them, their sweep adds what they give
            // each other.
            if (model.WithinOf(layer) is WithinLayer within)
            {
                SetInputs(model, state, layer, inferred, within.TakesOwnInputs ? LayerSet.All : LayerSet.All.Without(layer));
                within.SetMean(model.Layers[layer], state.Inputs(layer), state[layer], model.Coupling, state.Free(layer));
            }
            else
            {
                state.Inputs(layer).SetCopy(state.GivenInputs(layer));
                model.SetUnits(state, layer, state[layer], null, null, LayerSet.All, inferred.Others, 1);
            }
            Finish(state, layer, looks);
        }
    }

    void Parallel(EnergyModel model, State state, IReadOnlyList<int> free, LayerSet inferred, bool looks)
    {
        for (int i = 0; i < free.Count; i++)
            if (inferred.Contains(free[i])) SetInputs(model, state, free[i], inferred, LayerSet.All);
        for (int i = 0; i < free.Count; i++)
        {
            if (!inferred.Contains(free[i])) continue;
            Keep(state, free[i], looks);
            model.UnitsOf(state, free[i]).SetMean(state.Inputs(free[i]), state[free[i]], state.Workspace);
            Finish(state, free[i], looks);
        }
    }

    // The inputs from given layers do not change from sweep to sweep.
    static void SetInputs(EnergyModel model, State state, int layer, LayerSet inferred, LayerSet from)
    {
        Matrix inputs = state.Inputs(layer);
        inputs.SetCopy(state.GivenInputs(layer));
        model.SetInputs(state, layer, inputs, from, inferred.Others, 1);
    }

    // The means before an update, where anybody asks for them.
    void Keep(State state, int layer, bool looks)
    {
        if (looks || damping > 0) state.Before(layer).SetCopy(state[layer]);
    }

    // What stays of the old means, the clamped units, and how far the means have moved.
    void Finish(State state, int layer, bool looks)
    {
        Matrix mean = state[layer];
        if (damping > 0) mean.SetSum(mean, 1 - damping, state.Before(layer), damping);
        state.Restore(layer);
        if (!looks) return;
        Matrix old = state.Before(layer);
        old.SetSum(mean, 1, old, -1);
        state.Moves.Add(old.BeginSummary());
    }

    static bool AnyJoined(EnergyModel model, LayerSet layers)
    {
        for (int i = 0; i < model.Layers.Count; i++)
            for (int j = i; j < model.Layers.Count; j++)
                if (layers.Contains(i) && layers.Contains(j) && model.AreJoined(i, j)) return true;
        return false;
    }
}
