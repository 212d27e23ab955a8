namespace Boltzmann.Networks;

/// <summary>Independent yes-or-no answers: p = σ(z), loss Σ log(1 + e^z) − t·z. One output tells two classes apart.</summary>
public sealed class LogisticHead : Head
{
    /// <inheritdoc/>
    public override string Kind => "logistic";

    /// <inheritdoc/>
    public override bool IsClassifier => true;

    /// <inheritdoc/>
    public override void SetOutputs(Matrix inputs, Matrix bias, Matrix outputs) => outputs.SetTwoStateMean(inputs, bias, 0, 1);

    /// <inheritdoc/>
    public override void AddLoss(Matrix inputs, Matrix bias, Matrix outputs, Matrix targets, Matrix scratch, Matrix losses)
    {
        losses.AddTwoStateLogNormalizer(inputs, bias, 0, 1);
        losses.AddRowSums(targets, inputs, -1);
        losses.AddRowSums(targets, bias, -1);
    }
}
