namespace Boltzmann.Compute;

/// <summary>What makes the inputs of units: inputs = keep·inputs + scale·left·right, or left·rightᵀ.</summary>
/// <param name="Left">States, [B × k].</param>
/// <param name="Right">Weights, [k × n], or [n × k] if transposed.</param>
/// <param name="TransposeRight">Whether the weights enter transposed.</param>
/// <param name="Scale">Factor on the product.</param>
/// <param name="Keep">Factor on what the inputs were; 0 overwrites.</param>
public readonly record struct InputProduct(Matrix Left, Matrix Right, bool TransposeRight, double Scale, double Keep);
