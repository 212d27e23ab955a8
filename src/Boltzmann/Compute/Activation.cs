namespace Boltzmann.Compute;

/// <summary>What a unit of a feed-forward network makes of its input x (weights and bias included).</summary>
public enum Activation
{
    /// <summary>σ(x) = 1/(1 + e⁻ˣ): the mean of a Bernoulli unit.</summary>
    Sigmoid,

    /// <summary>tanh x: the mean of a spin unit.</summary>
    Tanh,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x.</summary>
    Linear,
}
