namespace Boltzmann.Compute;

/// <summary>How an optimiser moves a parameter θ uphill along its gradient g, in one pass over memory.</summary>
/// <remarks>
/// All first add the penalties: g ← g − L2·θ − L1·sign(θ).
/// Momentum (<see cref="IsAdam"/> false): Δ ← Momentum·Δ + LearningRate·g; θ ← θ + Δ, with Δ the first state matrix.
/// Adam (Kingma and Ba 2015): m ← β₁m + (1−β₁)g; s ← β₂s + (1−β₂)g²; θ ← θ + LearningRate·(m/(1−β₁ᵗ)) / (√(s/(1−β₂ᵗ)) + ε).
/// AdaGrad (Duchi, Hazan and Singer 2011): s ← s + g²; θ ← θ + LearningRate·g/(√s + ε), with s the first state matrix.
/// </remarks>
/// <param name="LearningRate">Step size, per unit of mean gradient.</param>
/// <param name="Momentum">Fraction of the last step kept; β₁ for Adam.</param>
/// <param name="L2">Weight decay λ: the gradient of −λ/2·θ².</param>
/// <param name="L1">The gradient of −λ·|θ|; zero at θ = 0.</param>
/// <param name="IsAdam">Adam instead of momentum.</param>
/// <param name="Beta2">Adam's decay of squared gradients.</param>
/// <param name="Epsilon">Adam's and AdaGrad's guard against division by zero.</param>
/// <param name="Time">Adam's t, counted in updates from 1.</param>
/// <param name="IsAdaGrad">AdaGrad instead of momentum.</param>
public readonly record struct UpdateRule(
    double LearningRate, double Momentum = 0, double L2 = 0, double L1 = 0,
    bool IsAdam = false, double Beta2 = 0.999, double Epsilon = 1e-8, long Time = 1,
    bool IsAdaGrad = false);
