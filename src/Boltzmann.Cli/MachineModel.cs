namespace Boltzmann.Cli;

/// <summary>A deep Boltzmann machine: layers find their means together, by mean-field inference, and chains run in all of them.</summary>
sealed class MachineModel(Dbm machine) : GenerativeModel
{
    const int RowsAtOnce = 1024;

    readonly MeanField inference = new();

    public Dbm Machine => machine;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers { get; } = [.. machine.Layers.Take(machine.Top + 1)];

    /// <inheritdoc/>
    public override MultinomialLayer? Labels => machine.Labels;

    /// <inheritdoc/>
    public override EnergyModel Undirected => machine;

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, int layer) => Infer(rows)[layer];

    /// <inheritdoc/>
    public override Matrix Generate(Matrix states, int layer)
    {
        var means = new Matrix(states.Rows, Visible.Units, Placement);
        int[] below = [.. Enumerable.Range(0, layer)];
        for (int first = 0; first < states.Rows; first += RowsAtOnce)
        {
            var state = new State(machine, Math.Min(RowsAtOnce, states.Rows - first));
            state[layer].SetCopy(states.RowRange(first, state.Rows));
            inference.Infer(machine, state, below);
            means.RowRange(first, state.Rows).SetCopy(state[0]);
        }
        return means;
    }

    /// <inheritdoc/>
    public override Matrix Reconstruct(Matrix rows) => Generate(Transform(rows, 1), 1);

    /// <inheritdoc/>
    public override Matrix Filters(int layer)
    {
        if (layer == 1) return Weights(1);
        int units = Layers[layer].Units;
        var alone = new double[units, units];
        for (int u = 0; u < units; u++) alone[u, u] = 1;
        double[] without = Generate(new Matrix(1, units, Placement), layer).ReadRow(0);
        double[,] evoked = Generate(Matrix.From(alone, Placement), layer).ToArray(), effects = new double[Visible.Units, units];
        for (int v = 0; v < Visible.Units; v++)
            for (int u = 0; u < units; u++) effects[v, u] = evoked[u, v] - without[v];
        return Matrix.From(effects, Placement);
    }

    /// <inheritdoc/>
    public override Matrix Weights(int layer) => machine.Connections[layer - 1].Weights;

    /// <inheritdoc/>
    public override State ChainsFrom(Matrix rows, Rng rng)
    {
        State state = Infer(rows);
        for (int layer = 1; layer < machine.Layers.Count; layer++) machine.Layers[layer].Sample(state.Inputs(layer), state[layer], rng);
        return state;
    }

    /// <inheritdoc/>
    public override State ChainsOf(int label, int count, Rng rng)
    {
        int labels = machine.LabelLayer ?? throw new InvalidOperationException("this machine has no labels");
        var state = new State(machine, count);
        for (int layer = 0; layer < machine.Layers.Count; layer++)
        {
            state.Inputs(layer).Fill(0);
            machine.Layers[layer].Sample(state.Inputs(layer), state[layer], rng);
        }
        var row = new double[machine.Layers[labels].Units];
        row[label] = 1;
        for (int r = 0; r < count; r++) state[labels].WriteRow(r, row);
        state.ClampLayer(labels);
        return state;
    }

    /// <inheritdoc/>
    public override Matrix Show(State chains, Rng rng)
    {
        Matrix means = chains[0].Like(chains.Rows, Visible.Units);
        machine.SetInputs(chains, 0, chains.Inputs(0));
        Visible.SetMean(chains.Inputs(0), means);
        return means;
    }

    /// <inheritdoc/>
    public override Matrix PredictProbabilities(Matrix rows) => Infer(rows)[machine.LabelLayer!.Value];

    /// <inheritdoc/>
    public override string ToString() => machine.ToString();

    // Hidden means and, where there are labels, theirs.
    State Infer(Matrix rows)
    {
        var state = new State(machine, rows.Rows);
        state[0].SetCopy(rows);
        inference.Infer(machine, state, [.. Enumerable.Range(1, machine.Layers.Count - 1)]);
        return state;
    }
}
