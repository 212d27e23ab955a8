namespace Boltzmann.Inference;

/// <summary>What a model says of a row.</summary>
/// <param name="Class">The most probable class; null of a model that predicts a number.</param>
/// <param name="Value">The number, in the units of the targets; of a classifier the number of the class, from 0.</param>
/// <param name="Probabilities">Of each class, in the order of <see cref="TrainedModel.Classes"/>; none of a model that predicts a
/// number.</param>
public sealed record Prediction(string? Class, double Value, IReadOnlyList<double> Probabilities);
