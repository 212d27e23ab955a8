namespace Boltzmann.Onnx;

/// <summary>What of a model an ONNX file is to compute.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// Features: the means of this hidden layer, from 1. When null, predictions of what predicts and the features of the top layer of
    /// what does not.
    /// </summary>
    public int? Layer { get; init; }

    /// <summary>
    /// How rows go up a deep Boltzmann machine: <see cref="WayUp.Upward"/> or <see cref="WayUp.Doubled"/>. It has to be said, because its
    /// features are otherwise found by mean-field inference, which a graph of operators does not repeat. Others have one way up.
    /// </summary>
    public WayUp? Inference { get; init; }
}
