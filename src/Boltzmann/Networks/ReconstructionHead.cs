namespace Boltzmann.Networks;

/// <summary>
/// What an auto-encoder says of its own inputs: their means given the code. Of Bernoulli units p = σ(z) and the cross-entropy
/// Σ log(1 + e^z) − x·z, also of grey values x in 0..1; of Gaussian units x̂ = z and ½‖x̂ − x‖².
/// </summary>
public sealed class ReconstructionHead : Head
{
    readonly Head means;

    ReconstructionHead(string kind, Head means) => (Kind, this.means) = (kind, means);

    /// <summary>Of units with p = σ(z).</summary>
    public static ReconstructionHead Bernoulli { get; } = new("bernoulli", new LogisticHead());

    /// <summary>Of real numbers.</summary>
    public static ReconstructionHead Gaussian { get; } = new("gaussian", new LinearHead());

    /// <summary>Kind of the units that are rebuilt: "bernoulli" or "gaussian".</summary>
    public override string Kind { get; }

    /// <inheritdoc/>
    public override bool IsClassifier => false;

    /// <inheritdoc/>
    public override bool Rebuilds => true;

    /// <inheritdoc/>
    public override void SetOutputs(Matrix inputs, Matrix bias, Matrix outputs) => means.SetOutputs(inputs, bias, outputs);

    /// <inheritdoc/>
    public override void AddLoss(Matrix inputs, Matrix bias, Matrix outputs, Matrix targets, Matrix scratch, Matrix losses) =>
        means.AddLoss(inputs, bias, outputs, targets, scratch, losses);
}
