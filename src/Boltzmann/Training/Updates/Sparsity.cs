namespace Boltzmann.Training;

/// <summary>
/// Keeps hidden units at a target activity: q ← damping·q + (1 − damping)·⟨h⟩₊ per unit (the mean over the batch, not its sum),
/// p = cost·(q − target); the gradients of the hidden bias and of all incoming weights, those from layers nearer to the rows of data, lose
/// p (Hinton's guide §11).
/// </summary>
/// <param name="model">The machine.</param>
/// <param name="layer">The hidden layer.</param>
/// <param name="target">Wanted mean activity.</param>
/// <param name="cost">Strength; 0 for none.</param>
/// <param name="damping">What a batch leaves of the running mean.</param>
public sealed class Sparsity(EnergyModel model, int layer, double target, double cost, double damping = 0.9) : IGradientTransform
{
    readonly Matrix running = Matrix.Row(model.Layers[layer].Units, target, model.Placement);
    readonly Matrix penalty = new(1, model.Layers[layer].Units, model.Placement);
    readonly Matrix targets = Matrix.Row(1, target, model.Placement);
    readonly (int Parameter, bool AreColumns,
        Matrix Ones)[] incoming = [.. model.IncomingWeights(layer).Select(i => (i.Parameter, i.AreColumns,
        Matrix.Row(i.AreColumns ? model.Parameters[i.Parameter].Value.Rows : model.Parameters[i.Parameter].Value.Columns, 1,
            model.Placement)))];

    /// <summary>q, to save between updates.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [(layer == 1 ? "sparsity" : $"sparsity.{layer}", running)];

    /// <inheritdoc/>
    public void Apply(TrainingStep step) => Apply(step.Gradient);

    /// <summary>Takes the penalty off a gradient.</summary>
    public void Apply(Gradient gradient)
    {
        Batch positive = gradient.Positive;
        running.SetColumnSums(positive.State[layer], null, positive.RowWeights, (1 - damping) / positive.TotalWeight, keep: damping);
        penalty.SetSum(running, cost, targets, -cost);
        gradient.Bias(layer).SetSum(gradient.Bias(layer), 1, penalty, -1);
        foreach (var (parameter, areColumns, ones) in incoming)
            gradient.AddFactor(parameter, areColumns ? new Factor(ones, penalty, -1) : new Factor(penalty, ones, -1));
    }
}
