namespace Boltzmann.Compute;

/// <summary>One of several updates; see <see cref="Matrix.Update(Matrix, Matrix, ReadOnlySpan{Factor}, in UpdateRule)"/>.</summary>
/// <param name="Parameter">θ.</param>
/// <param name="First">Δ or m, of the same shape.</param>
/// <param name="Second">Adam's s; null for momentum.</param>
/// <param name="Factors">
/// How many factors its gradient has: so many of a list that all updates share, after the ones of the updates before it.
/// </param>
/// <param name="Rule">How it moves.</param>
public readonly record struct ParameterUpdate(Matrix Parameter, Matrix First, Matrix? Second, int Factors, UpdateRule Rule);
