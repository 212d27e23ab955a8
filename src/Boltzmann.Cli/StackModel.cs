namespace Boltzmann.Cli;

/// <summary>A stack of machines, or of one: means pass from layer to layer, chains run in the two upper ones.</summary>
sealed class StackModel(Dbn stack) : GenerativeModel
{
    public Dbn Stack => stack;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => stack.Layers;

    /// <inheritdoc/>
    public override MultinomialLayer? Labels => stack.LabelledTop?.Labels;

    /// <inheritdoc/>
    public override EnergyModel Undirected => stack.TopModel;

    /// <inheritdoc/>
    public override Matrix Transform(Matrix rows, int layer) => stack.Transform(rows, layer);

    /// <inheritdoc/>
    public override Matrix Generate(Matrix states, int layer) => stack.Generate(states, layer);

    /// <inheritdoc/>
    public override Matrix Reconstruct(Matrix rows) => stack.Reconstruct(rows, Top);

    /// <inheritdoc/>
    public override Matrix Filters(int layer) => layer == 1 ? Weights(1) : stack.ProjectEffect(layer);

    /// <inheritdoc/>
    public override Matrix Weights(int layer) => stack.Machines[layer - 1].Weights;

    /// <inheritdoc/>
    public override State ChainsFrom(Matrix rows, Rng rng)
    {
        var state = new State(stack.TopModel, rows.Rows);
        state[0].SetCopy(stack.SampleTransform(rows, Top - 1, rng));
        stack.LabelledTop?.SampleLabels(state[0], state[2], rng);
        return state;
    }

    /// <inheritdoc/>
    public override State ChainsOf(int label, int count, Rng rng) => stack.ChainsOf(label, count, rng);

    /// <inheritdoc/>
    public override Matrix Show(State chains, Rng rng) => stack.Show(chains, rng);

    /// <inheritdoc/>
    public override Matrix PredictProbabilities(Matrix rows) => stack.PredictProbabilities(rows);

    /// <inheritdoc/>
    public override string ToString() => stack.ToString();
}
