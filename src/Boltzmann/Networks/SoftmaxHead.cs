namespace Boltzmann.Networks;

/// <summary>
/// One of K classes: p = softmax(z), loss −Σ t·log p = log Σ e^z − t·z, computed from z: log p of what is all but impossible stays finite.
/// </summary>
public sealed class SoftmaxHead : Head
{
    /// <inheritdoc/>
    public override string Kind => "softmax";

    /// <inheritdoc/>
    public override bool IsClassifier => true;

    /// <inheritdoc/>
    public override void SetOutputs(Matrix inputs, Matrix bias, Matrix outputs) => outputs.SetSoftmaxMean(inputs, bias, inputs.Columns);

    /// <inheritdoc/>
    public override void AddLoss(Matrix inputs, Matrix bias, Matrix outputs, Matrix targets, Matrix scratch, Matrix losses)
    {
        losses.AddLogSumExp(inputs, bias, inputs.Columns);
        losses.AddRowSums(targets, inputs, -1);
        losses.AddRowSums(targets, bias, -1);
    }
}
