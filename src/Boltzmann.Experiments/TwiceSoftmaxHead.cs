namespace Boltzmann.Experiments;

/// <summary>
/// A quirk of Deep-Belief-Networks-in-PyTorch, kept to compare numbers: probabilities p = softmax(z) are taken for inputs of a softmax
/// again, so the loss log Σ e^p − t·p never falls below −ln(e/(e + K − 1)), 1.4612 for ten classes, and its gradient fades as answers
/// become sure.
/// </summary>
sealed class TwiceSoftmaxHead : Head
{
    Matrix? noBias, sums;

    public override string Kind => "softmax";

    public override bool IsClassifier => true;

    /// <summary>The least loss there is, in nats.</summary>
    public static double Floor(int classes) => Math.Log(Math.E + classes - 1) - 1;

    public override void SetOutputs(Matrix inputs, Matrix bias, Matrix outputs) => outputs.SetSoftmaxMean(inputs, bias, inputs.Columns);

    public override void AddLoss(Matrix inputs, Matrix bias, Matrix outputs, Matrix targets, Matrix scratch, Matrix losses)
    {
        losses.AddLogSumExp(outputs, NoBias(outputs), outputs.Columns);
        losses.AddRowSums(targets, outputs, -1);
    }

    // With g = softmax(p) − t, the gradient by p: p·(g − Σ g·p).
    public override void SetErrors(Matrix outputs, Matrix targets, Matrix errors)
    {
        errors.SetSoftmaxMean(outputs, NoBias(outputs), outputs.Columns);
        errors.SetSum(errors, 1, targets, -1);
        if (sums?.Rows != outputs.Rows) sums = outputs.Like(outputs.Rows, 1);
        sums.Fill(0);
        sums.AddRowSums(errors, outputs);
        errors.SetSum(errors, 1, sums, -1);
        errors.SetScaled(errors, outputs);
    }

    Matrix NoBias(Matrix outputs) => noBias ??= outputs.Like(1, outputs.Columns);
}
