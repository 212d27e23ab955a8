namespace Boltzmann.Training;

/// <summary>What changes from epoch to epoch in an update.</summary>
/// <param name="LearningRate">Step size per unit of mean gradient.</param>
/// <param name="Momentum">Fraction of the last step kept (SGD); β₁ (Adam).</param>
/// <param name="L2">Weight decay; 0 for biases.</param>
/// <param name="L1">Lasso penalty; 0 for biases.</param>
public readonly record struct StepRates(double LearningRate, double Momentum, double L2, double L1);
