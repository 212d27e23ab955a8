namespace Boltzmann.Inference;

/// <summary>
/// A machine of layers that are all undirected: they find their means together, by mean-field inference, and chains run in all of them.
/// </summary>
sealed class MachineModel : GenerativeModel
{
    const int RowsAtOnce = 1024, MostColumns = 100;

    readonly EnergyModel machine;
    readonly int[] free;

    // What layer 0 of the commands is: the rows.
    const int RowLayer = 0;

    public MachineModel(EnergyModel machine)
    {
        this.machine = machine;
        Layers = [machine.Layers[0], .. machine.HiddenLayers.Select(l => machine.Layers[l])];
        free = [.. machine.HiddenLayers, .. machine.LabelLayer is int labels ? [labels] : (int[])[]];
    }

    /// <inheritdoc/>
    public override GenerativeModel Clone(Placement placement) => new MachineModel(machine.Clone(placement));

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> RowLayers => [.. machine.RowLayers.Select(l => machine.Layers[l])];

    /// <inheritdoc/>
    public override MultinomialLayer? Labels =>
        machine.LabelLayer is int labels ? MultinomialLayer.AsClasses(machine.Layers[labels]) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => machine.Parameters;

    /// <inheritdoc/>
    public override EnergyModel Undirected => machine;

    /// <inheritdoc/>
    public override int Below => 0;

    /// <inheritdoc/>
    public override int ReconstructionLayer => Math.Min(1, Top);

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, int layer) => layer == RowLayer ? rows : Infer(rows)[Number(layer)];

    /// <inheritdoc/>
    public override IReadOnlyList<Matrix> TransformAll(Matrix rows, IReadOnlyList<int> layers)
    {
        State state = Infer(rows);
        return [.. layers.Select(layer => state[Number(layer)])];
    }

    /// <inheritdoc/>
    public override Matrix TransformUpward(Matrix rows, int layer, bool doubled) => ((Dbm)machine).TransformUpward(rows, layer, doubled);

    /// <inheritdoc/>
    public override void RequireUpward(bool doubled)
    {
        if (machine is not Dbm) throw new BadInputException($"--inference {(doubled ? "doubled" : "upward")} needs layers one above the "
            + $"other; this is {machine}");
    }

    /// <inheritdoc/>
    public override Matrix SampleTransform(Matrix rows, int layer, Rng rng, int passes = 1)
    {
        if (layer == RowLayer) return rows;
        State state = Infer(rows);
        int number = Number(layer);
        return MeanOf(passes, () =>
        {
            Matrix drawn = state[number].Like(rows.Rows, state[number].Columns);
            machine.Layers[number].Sample(state.Inputs(number), drawn, rng);
            return drawn;
        });
    }

    /// <inheritdoc/>
    public override Matrix Generate(Matrix states, int layer) => Down(states, layer, null);

    /// <inheritdoc/>
    public override Matrix SampleGenerate(Matrix states, int layer, Rng rng, Descent descent = Descent.VisibleMeans, int passes = 1) =>
        MeanOf(passes, () => Down(states, layer, descent == Descent.States ? rng : null));

    /// <inheritdoc/>
    public override Matrix Filters(int layer)
    {
        if (Top == 0 && machine.Interactions[0] is Edges sparse) return OfStrongest(sparse);
        if (Top == 0 || (layer == 1 && machine.RowLayers.Count == 1 && machine.AreJoined(0, Number(1)))) return Weights(1);
        int units = Layers[layer].Units;
        var alone = new double[units, units];
        for (int u = 0; u < units; u++) alone[u, u] = 1;
        double[] without = Generate(new Matrix(1, units, Placement), layer).ReadRow(0);
        double[,] evoked = Generate(Matrix.From(alone, Placement), layer).ToArray(), effects = new double[Columns, units];
        for (int v = 0; v < Columns; v++)
            for (int u = 0; u < units; u++) effects[v, u] = evoked[u, v] - without[v];
        return Matrix.From(effects, Placement);
    }

    /// <inheritdoc/>
    public override Matrix Weights(int layer) => Top > 0 ? machine.Interactions.OfType<Dense>().First(d => d.Joins(Number(layer))).Weights
        : machine.Interactions[0] is Edges sparse ? ColumnsOf(sparse, [.. Enumerable.Range(0, sparse.List.Units)])
            : machine.Interactions[0].Parameters[0].Value;

    /// <inheritdoc/>
    public override IReadOnlyList<FactorLoading> Factors(int top)
    {
        if (Top == 0 || machine.Interactions.OfType<Dense>().FirstOrDefault(d => d.Lower == 0 && d.Upper == Number(1)) is not Dense first)
            return [];
        var pair = new Rbm(Visible.Clone(), Layers[1].Clone());
        pair.Weights.SetCopy(first.Weights);
        return pair.Factors(top);
    }

    /// <inheritdoc/>
    public override void Start(State chains, Matrix rows, Rng rng)
    {
        machine.SetRows(chains, rows);
        if (free.Length > 0) new MeanField().Infer(machine, chains, free);
        foreach (int layer in free)
        {
            if (chains.IsClamped(layer)) continue;
            machine.Layers[layer].Sample(chains.Inputs(layer), chains[layer], rng);
            chains.Restore(layer);
        }
    }

    /// <inheritdoc/>
    public override Matrix Lower(Matrix rows, Rng rng) => rows;

    /// <inheritdoc/>
    public override Matrix AnnealingStart(Matrix rows, Rng rng) => rows;

    /// <inheritdoc/>
    public override Matrix PredictLogProbabilities(Matrix rows) => LabelPosterior.LogProbabilities(machine, rows);

    /// <inheritdoc/>
    public override string ToString() => machine.ToString()!;

    int Number(int layer) => machine.HiddenLayers[layer - 1];

    /// <summary>Throws for a machine with context: rows that it makes differ from context to context, and there is none.</summary>
    /// <exception cref="BadInputException">It has context.</exception>
    public static void RequireNoContext(EnergyModel machine)
    {
        if (machine.ContextLayers.Count > 0)
            throw new BadInputException("this machine makes rows given their context alone, and none is given here; a program puts it into "
                + "a State and runs Gibbs.Sweep");
    }

    // A machine of edges may have so many units that all their columns would fill the memory; a picture shows some.
    static Matrix OfStrongest(Edges sparse)
    {
        EdgeList edges = sparse.List;
        double[] weights = sparse.Weights.ReadRow(0), squares = new double[edges.Units];
        for (int e = 0; e < weights.Length; e++)
        {
            squares[edges.Pairs[e].Unit] += weights[e] * weights[e];
            squares[edges.Pairs[e].Other] += weights[e] * weights[e];
        }
        return ColumnsOf(sparse, [.. Enumerable.Range(0, edges.Units).OrderByDescending(u => squares[u]).Take(MostColumns)]);
    }

    // The weights of these units to each of the others, a column each.
    static Matrix ColumnsOf(Edges sparse, int[] units)
    {
        EdgeList edges = sparse.List;
        double[] weights = sparse.Weights.ReadRow(0);
        int[] columnOf = [.. Enumerable.Repeat(-1, edges.Units)];
        for (int c = 0; c < units.Length; c++) columnOf[units[c]] = c;
        var columns = new double[edges.Units, units.Length];
        for (int e = 0; e < weights.Length; e++)
        {
            var (unit, other) = edges.Pairs[e];
            if (columnOf[other] >= 0) columns[unit, columnOf[other]] = weights[e];
            if (columnOf[unit] >= 0) columns[other, columnOf[unit]] = weights[e];
        }
        return Matrix.From(columns, sparse.Weights.Placement);
    }

    // Hidden means and, where there are labels, theirs.
    State Infer(Matrix rows)
    {
        var state = new State(machine, rows.Rows);
        machine.SetRows(state, rows);
        if (free.Length > 0) new MeanField().Infer(machine, state, free);
        return state;
    }

    Matrix Down(Matrix states, int layer, Rng? rng)
    {
        RequireNoContext(machine);
        var visible = new List<Matrix>();
        int[] below = layer == RowLayer ? [] : WithoutPassing(Number(layer));
        for (int first = 0; first < states.Rows; first += RowsAtOnce)
        {
            var state = new State(machine, Math.Min(RowsAtOnce, states.Rows - first));
            Matrix given = states.RowRange(first, state.Rows);
            if (layer == RowLayer) SetConditionals(state, given);
            else
            {
                state[Number(layer)].SetCopy(given);
                new MeanField().Infer(machine, state, below);
            }
            visible.Add(Matrix.Beside([.. machine.RowLayers.Select(l =>
            {
                if (rng is not null) machine.Layers[l].Sample(state.Inputs(l), state[l], rng);
                return state[l];
            })]));
        }
        if (visible.Count == 1) return visible[0];
        var all = new Matrix(states.Rows, Columns, Placement);
        for (int part = 0; part < visible.Count; part++) all.RowRange(part * RowsAtOnce, visible[part].Rows).SetCopy(visible[part]);
        return all;
    }

    // Without hidden units: what each unit hears of the others.
    void SetConditionals(State state, Matrix rows)
    {
        machine.SetRows(state, rows);
        foreach (int l in machine.RowLayers) machine.SetInputs(state, l, state.Inputs(l));
        foreach (int l in machine.RowLayers) machine.Layers[l].SetMean(state.Inputs(l), state[l]);
    }

    // The layers that visible units hear of without a detour by the given one: what lies beyond it says nothing more.
    int[] WithoutPassing(int given)
    {
        List<int> reached = [.. machine.RowLayers];
        for (int i = 0; i < reached.Count; i++)
            for (int other = 0; other < machine.Layers.Count; other++)
                if (other != given && !reached.Contains(other) && machine.AreJoined(reached[i], other)) reached.Add(other);
        return [.. reached];
    }
}
