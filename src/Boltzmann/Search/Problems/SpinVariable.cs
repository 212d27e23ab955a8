namespace Boltzmann.Searching;

/// <summary>A spin of a problem, s = 2x − 1: −1 or 1.</summary>
public sealed class SpinVariable : Expression
{
    internal SpinVariable(Hypothesis up) : base(up.Problem, -1, [(up.Variable, 2)]) => Up = up;

    /// <summary>x, the hypothesis that the spin is 1.</summary>
    public Hypothesis Up { get; }

    /// <summary>Its name.</summary>
    public string Name => Up.Name;
}
