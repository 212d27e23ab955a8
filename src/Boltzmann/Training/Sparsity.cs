namespace Boltzmann;

/// <summary>
/// Keeps hidden units at a target activity: q ← damping·q + (1 − damping)·⟨h⟩₊ per unit (the mean over the batch, not its sum),
/// p = cost·(q − target); the gradients of the hidden bias and of every row of the weights lose p (Hinton's guide §11).
/// </summary>
/// <param name="model">A machine whose layer 1 is hidden.</param>
/// <param name="target">Wanted mean activity.</param>
/// <param name="cost">Strength; 0 for none.</param>
/// <param name="damping">What a batch leaves of the running mean.</param>
public sealed class Sparsity(EnergyModel model, double target, double cost, double damping = 0.9)
{
    const int Hidden = 1;

    readonly Matrix running = Matrix.Row(model.Layers[Hidden].Units, target, model.Placement);
    readonly Matrix penalty = new(1, model.Layers[Hidden].Units, model.Placement);
    readonly Matrix targets = Matrix.Row(1, target, model.Placement);
    readonly Matrix everyRow = Matrix.Row(model.Layers[0].Units, 1, model.Placement);

    /// <summary>q, to save between updates.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [("sparsity", running)];

    /// <summary>Takes the penalty off a gradient.</summary>
    public void Apply(Gradient gradient)
    {
        Batch positive = gradient.Positive;
        running.SetColumnSums(positive.State[Hidden], null, positive.RowWeights, (1 - damping) / positive.TotalWeight, keep: damping);
        penalty.SetSum(running, cost, targets, -cost);
        gradient.Bias(Hidden).SetSum(gradient.Bias(Hidden), 1, penalty, -1);
        for (int c = 0; c < model.Connections.Count; c++)
            if (model.Connections[c].Upper == Hidden) gradient.AddFactor(c, new Factor(everyRow, penalty, -1));
    }
}
