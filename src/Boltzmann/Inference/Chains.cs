namespace Boltzmann.Inference;

/// <summary>
/// Gibbs chains of the undirected part of a model, and what of the visible layer they stand for. Some visible units of a machine may be
/// kept.
/// </summary>
sealed class Chains
{
    const uint DownStream = 0x646f776e;
    const double LeastBeta = 0.1;

    readonly GenerativeModel model;
    readonly EnergyModel target, tempered;
    readonly State state;
    readonly Rng rng, down;

    /// <summary>Chains at noise: each free unit drawn by its bias alone.</summary>
    public Chains(GenerativeModel model, int count, double temperature, KnownUnits? known, Rng rng)
    {
        this.model = model;
        this.rng = rng;
        target = model.Undirected;
        MachineModel.RequireNoContext(target);
        if (model.DrawsByRow) ExactMethod.RequireOneLength(target);
        down = rng.Fork(DownStream);
        tempered = temperature == 1 ? target : new AnnealedModel(target) { Beta = 1 / temperature };
        state = new State(target, count);
        // The other side is what a sweep begins with.
        foreach (int layer in target.Sides?.Even ?? [.. Enumerable.Range(0, target.Layers.Count)])
        {
            state.Inputs(layer).Fill(0);
            target.Layers[layer].Sample(state.Inputs(layer), state[layer], rng);
        }
        if (known is not null) target.ClampRows(state, known.Mask, known.Values);
    }

    /// <summary>The chains as they are, to be moved.</summary>
    public State State => state;

    /// <summary>Keeps the labels of all chains at a class.</summary>
    public void ClampClass(int label)
    {
        int labels = target.LabelLayer!.Value;
        var row = new double[state[labels].Columns];
        row[label] = 1;
        for (int r = 0; r < state.Rows; r++) state[labels].WriteRow(r, row);
        state.ClampLayer(labels);
    }

    /// <summary>Starts at given rows instead; where they are fewer than the chains, the first ones do, and the others stay.</summary>
    public void StartAt(Matrix rows)
    {
        model.Start(rows.Rows == state.Rows ? state : state.First(rows.Rows), rows, rng);
        foreach (int layer in target.RowLayers) state.Restore(layer);
    }

    /// <summary>
    /// Sweeps at temperatures that fall to 1: chains that begin at noise choose among modes before they settle. What is given alone would
    /// hardly move a chain out of the mode that it began in.
    /// </summary>
    /// <param name="sweeps">How many.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    public void Anneal(int sweeps, CancellationToken cancellation)
    {
        var hot = new AnnealedModel(target);
        for (int s = 0; s < sweeps; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            hot.Beta = LeastBeta + (1 - LeastBeta) * (s + 1) / sweeps;
            Gibbs.Sweep(hot, state, rng);
        }
    }

    /// <summary>One sweep of all chains.</summary>
    public void Sweep() => Gibbs.Sweep(tempered, state, rng);

    /// <summary>
    /// The visible layer below the chains as the last sweep left them; known units stay. What is drawn for it changes nothing in the
    /// chains.
    /// </summary>
    public Matrix Show(Descent descent)
    {
        if (model.Below > 0) return descent == Descent.Means ? model.Generate(Means(), model.Below)
            : model.SampleGenerate(state[0], model.Below, down, descent);
        return descent == Descent.States ? target.ReadRows(state) : Means();
    }

    // E[x | the rest] of the states that the last sweep left.
    Matrix Means() => tempered.MeanRows(state);
}
