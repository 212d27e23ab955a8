namespace Boltzmann.Training;

/// <summary>One of several parameters that an optimiser moves together.</summary>
/// <param name="Index">Its place among the model's parameters: the optimiser keeps state for each.</param>
/// <param name="Value">θ.</param>
/// <param name="Factors">
/// How many factors its gradient has: so many of a list that all steps share, after the ones of the steps before it.
/// </param>
/// <param name="Rates">Step size and penalties now.</param>
public readonly record struct ParameterStep(int Index, Matrix Value, int Factors, StepRates Rates);
