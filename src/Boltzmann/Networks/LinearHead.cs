namespace Boltzmann.Networks;

/// <summary>Real numbers: y = z, loss ½‖y − t‖².</summary>
public sealed class LinearHead : Head
{
    /// <inheritdoc/>
    public override string Kind => "linear";

    /// <inheritdoc/>
    public override bool IsClassifier => false;

    /// <inheritdoc/>
    public override void SetOutputs(Matrix inputs, Matrix bias, Matrix outputs) => outputs.SetSum(inputs, 1, bias);

    /// <inheritdoc/>
    public override void AddLoss(Matrix inputs, Matrix bias, Matrix outputs, Matrix targets, Matrix scratch, Matrix losses)
    {
        scratch.SetSum(outputs, 1, targets, -1);
        losses.AddRowSums(scratch, scratch, 0.5);
    }
}
