namespace Boltzmann.Compute;

/// <summary>
/// One term of a weight gradient kept in factored form: scale · leftᵀ·right. Its rows are examples, chains, or one row of column
/// statistics.
/// </summary>
/// <param name="Left">[N × rows of the weights].</param>
/// <param name="Right">[N × columns of the weights].</param>
/// <param name="Scale">Sign and normalisation, e.g. +1/B in the positive phase and −1/C in the negative.</param>
public readonly record struct Factor(Matrix Left, Matrix Right, double Scale);
