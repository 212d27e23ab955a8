namespace Boltzmann.Evaluation;

/// <summary>
/// Which layers annealed importance sampling sums out of its weights in closed form; the others are the state of its chains. Whatever is
/// chosen, the estimate is without bias; its variance differs.
/// </summary>
public enum SummedOut
{
    /// <summary>
    /// The hidden layers where they are independent given the visible ones (RBMs). Else both sides of <see cref="EnergyModel.Sides"/> are
    /// tried on short pilot walks, and the one with the smaller variance of log-weights is taken. Without sides, the most units that are
    /// independent given the rest.
    /// </summary>
    Auto,

    /// <summary>The side with the visible layer 0: every second layer of a deep machine from the first.</summary>
    Even,

    /// <summary>The other side: every second layer of a deep machine from the first hidden one.</summary>
    Odd,
}
