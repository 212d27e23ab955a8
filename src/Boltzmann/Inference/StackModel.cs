namespace Boltzmann.Inference;

/// <summary>A stack of machines, or of one: means pass from layer to layer, chains run in the two upper ones.</summary>
sealed class StackModel(Dbn stack) : GenerativeModel
{
    public Dbn Stack => stack;

    /// <inheritdoc/>
    public override GenerativeModel Clone(Placement placement) => new StackModel(stack.Clone(placement));

    /// <inheritdoc/>
    public override GenerativeModel WithDraws(int draws) => stack.LabelledTop is not null ? base.WithDraws(draws)
        : new StackModel(new([stack.Machines[0].WithDraws(draws), .. stack.Machines.Skip(1)]));

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => stack.Layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> RowLayers => [stack.Visible];

    /// <inheritdoc/>
    public override MultinomialLayer? Labels => stack.LabelledTop?.Labels;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => stack.Parameters;

    /// <inheritdoc/>
    public override EnergyModel Undirected => stack.TopModel;

    /// <inheritdoc/>
    public override int Below => Top - 1;

    /// <inheritdoc/>
    public override int ReconstructionLayer => Top;

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, int layer) => stack.Transform(rows, layer);

    /// <inheritdoc/>
    public override IReadOnlyList<Matrix> TransformAll(Matrix rows, IReadOnlyList<int> layers) =>
        [.. layers.Select(layer => stack.Transform(rows, layer))];

    /// <inheritdoc/>
    public override Matrix TransformUpward(Matrix rows, int layer, bool doubled) => Transform(rows, layer);

    /// <inheritdoc/>
    public override void RequireUpward(bool doubled)
    {
        if (doubled)
            throw new BadInputException($"--inference doubled is for a dbm, whose layers also have input from above; this is {stack}");
    }

    /// <inheritdoc/>
    public override Matrix SampleTransform(Matrix rows, int layer, Rng rng, int passes = 1) =>
        stack.SampleTransform(rows, layer, rng, passes);

    /// <inheritdoc/>
    public override Matrix Generate(Matrix states, int layer) => stack.Generate(states, layer);

    /// <inheritdoc/>
    public override Matrix SampleGenerate(Matrix states, int layer, Rng rng, Descent descent = Descent.VisibleMeans, int passes = 1) =>
        stack.SampleGenerate(states, layer, rng, descent, passes);

    /// <inheritdoc/>
    public override Matrix Filters(int layer) => layer == 1 ? Weights(1) : stack.ProjectEffect(layer);

    /// <inheritdoc/>
    public override Matrix Weights(int layer) => stack.Machines[layer - 1].Weights;

    /// <inheritdoc/>
    public override IReadOnlyList<FactorLoading> Factors(int top) => stack.Machines[0].Factors(top);

    /// <inheritdoc/>
    public override void Start(State chains, Matrix rows, Rng rng)
    {
        chains[0].SetCopy(Lower(rows, rng));
        if (stack.LabelledTop is not null && !chains.IsClamped(2)) stack.LabelledTop.SampleLabels(chains[0], chains[2], rng);
    }

    /// <inheritdoc/>
    public override Matrix Lower(Matrix rows, Rng rng) => stack.SampleTransform(rows, Below, rng);

    /// <inheritdoc/>
    public override Matrix AnnealingStart(Matrix rows, Rng rng)
    {
        if (stack.LabelledTop is null) return Lower(rows, rng);
        State chains = stack.ChainsFrom(rows, rng);
        var joined = new double[chains.Rows, chains[0].Columns + chains[2].Columns];
        for (int r = 0; r < chains.Rows; r++)
        {
            double[] row = [.. chains[0].ReadRow(r), .. chains[2].ReadRow(r)];
            for (int c = 0; c < row.Length; c++) joined[r, c] = row[c];
        }
        return Matrix.From(joined, Placement);
    }

    /// <inheritdoc/>
    public override Matrix PredictLogProbabilities(Matrix rows) => stack.PredictLogProbabilities(rows);

    /// <inheritdoc/>
    public override string ToString() => stack.ToString();
}
