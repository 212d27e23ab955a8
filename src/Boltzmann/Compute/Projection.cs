namespace Boltzmann.Compute;

/// <summary>
/// One term of the gradient of weights, applied to a row without forming it: destination[1 × n] += scale·outerᵀ·(inner·rowᵀ). Centring
/// takes these off the gradients of biases.
/// </summary>
/// <param name="Destination">[1 × n].</param>
/// <param name="Outer">[N × n].</param>
/// <param name="Inner">[N × k].</param>
/// <param name="Row">[1 × k].</param>
/// <param name="Scale">Factor.</param>
/// <param name="Along">[N × 1], to be overwritten: a backend may put inner·rowᵀ there. Several projections may share it.</param>
public readonly record struct Projection(Matrix Destination, Matrix Outer, Matrix Inner, Matrix Row, double Scale, Matrix Along);
