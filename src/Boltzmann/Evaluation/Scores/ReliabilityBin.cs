namespace Boltzmann.Evaluation;

/// <summary>Predictions of about the same confidence.</summary>
/// <param name="Confidence">Mean probability that they gave to the class they chose.</param>
/// <param name="Accuracy">Share of them that were right.</param>
/// <param name="Count">How many there are.</param>
public sealed record ReliabilityBin(double Confidence, double Accuracy, int Count);
