namespace Boltzmann.Inference;

/// <summary>What a model says of each of some rows.</summary>
/// <param name="Data">Name of the rows.</param>
/// <param name="Rows">A prediction each, in order.</param>
public sealed record Predictions(string Data, IReadOnlyList<Prediction> Rows);
