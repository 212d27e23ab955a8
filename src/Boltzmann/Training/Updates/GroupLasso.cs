namespace Boltzmann.Training;

/// <summary>
/// The penalty "L1b" of Tubiana, Cocco and Monasson (2019): the objective loses λ/(2V)·Σ_μ (Σ_i |w_iμ|)², where i runs over the V visible
/// units and μ over hidden ones; the gradient of w_iμ loses λ/V·(Σ_i |w_iμ|)·sign w_iμ. A lasso that bears harder on hidden units that have
/// many large weights, so that all come to be about equally sparse.
/// </summary>
public sealed class GroupLasso : IPenalty
{
    readonly double strength;
    readonly Matrix weights, pull, norms;

    /// <summary>Of the weights between the layer that data clamp and a hidden layer.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="strength">λ, at least 0.</param>
    public GroupLasso(Rbm model, double strength)
    {
        this.strength = strength >= 0 && double.IsFinite(strength) ? strength
            : throw new ArgumentOutOfRangeException(nameof(strength), $"a penalty must be finite and at least 0, not {strength}");
        weights = model.Weights;
        pull = weights.Like(weights.Rows, weights.Columns);
        norms = weights.Like(1, weights.Columns);
    }

    /// <inheritdoc/>
    public void Apply(UpdateStep step)
    {
        pull.SetMap<Sign>(weights);
        norms.SetColumnSums(weights, pull);
        pull.SetScaled(pull, norms);
        step.Add(step.IndexOf(weights), pull, -strength / weights.Rows);
    }
}
