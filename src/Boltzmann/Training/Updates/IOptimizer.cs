namespace Boltzmann.Training;

/// <summary>Moves parameters uphill along a gradient.</summary>
public interface IOptimizer
{
    /// <summary>Short name: "sgd", "adam".</summary>
    string Name { get; }

    /// <summary>Moves one parameter.</summary>
    /// <param name="index">Its place among the model's parameters: the optimiser keeps state for each.</param>
    /// <param name="value">θ; changed.</param>
    /// <param name="gradient">Σ scale·leftᵀ·right.</param>
    /// <param name="rates">Step size and penalties now.</param>
    void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates);

    /// <summary>Moves several parameters, one after another unless the optimiser can do it at once.</summary>
    /// <param name="steps">Of different parameters.</param>
    /// <param name="factors">The factors of all their gradients, those of the first step first.</param>
    void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors)
    {
        foreach (ref readonly ParameterStep step in steps)
        {
            Apply(step.Index, step.Value, factors[..step.Factors], step.Rates);
            factors = factors[step.Factors..];
        }
    }

    /// <summary>State to save between updates, by name: velocities or moments, for the parameters seen so far.</summary>
    IReadOnlyList<(string Name, Matrix Value)> Memory { get; }

    /// <summary>Makes the state of one parameter, ready to be filled.</summary>
    void Prepare(int index, Matrix value);

    /// <summary>
    /// Number of updates of each parameter, the one under way included: raised before its parameters move. Saved and restored with the
    /// state.
    /// </summary>
    long Time { get; set; }
}
