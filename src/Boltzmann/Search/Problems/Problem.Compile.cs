namespace Boltzmann.Searching;

/// <content>The problem as an energy.</content>
public sealed partial class Problem
{
    /// <summary>The quadratic energy of this problem, hard constraints weighted by the first guess.</summary>
    /// <param name="blocks">Whether "exactly one" becomes a one-hot unit where it can: <see cref="ProblemOptions.Blocks"/>.</param>
    /// <param name="penalty">Multiplies the weights of hard constraints.</param>
    /// <exception cref="ArgumentException">A penalty that is not above 0 and finite, or more variables than an energy can have.</exception>
    public CompiledProblem Compile(bool blocks = true, double penalty = 1)
    {
        var options = new ProblemOptions { Blocks = blocks, Penalty = penalty };
        return Compile(options.Blocks, Penalties(options));
    }

    internal Penalties Penalties(ProblemOptions options) => new(constraints, ObjectiveEnergy(), options.Penalty);

    internal CompiledProblem Compile(bool blocks, Penalties penalties) =>
        new(this, ObjectiveEnergy(), [.. constraints], penalties.Weights.ToArray(), blocks);
}
