namespace Boltzmann.Training;

/// <summary>How one machine of a stack is taught.</summary>
/// <param name="Estimator">Where its negative phase comes from; each machine needs one of its own.</param>
/// <param name="Optimizer">How a gradient becomes a step; each machine needs one of its own.</param>
/// <param name="Options">
/// Rates, penalties, metrics, which see the rows that the layers below make. With <see cref="Binarization.Stochastic"/> means of Bernoulli
/// layers become states, drawn afresh at each presentation.
/// </param>
/// <param name="Epochs">Passes over the rows, at least 1.</param>
public sealed record LayerTraining(IGradientEstimator Estimator, IOptimizer Optimizer, TrainerOptions Options, int Epochs)
{
    /// <summary>
    /// Stochastic passes up from the data, whose mean are the rows that this machine learns, drawn once; 0 for the means of every layer. 1
    /// gives states. Of no effect in the first machine.
    /// </summary>
    public int Passes { get; init; }

    /// <summary>
    /// What multiplies the inputs of this machine's hidden units as rows pass up to the next machine: 2 where it learns with these inputs
    /// doubled, for a deep Boltzmann machine (<see cref="Dbm.From"/>).
    /// </summary>
    public double UpFactor { get; init; } = 1;

    /// <summary>
    /// Whether the visible biases (and a learned scale) start at the moments of the rows, as training of this machine begins; else they
    /// stay as they are.
    /// </summary>
    public bool StartsAtMoments { get; init; } = true;

    /// <exception cref="BadInputException">A number is out of range.</exception>
    internal void Validate()
    {
        Options.Validate();
        if (Epochs < 1) throw new BadInputException($"the number of epochs must be at least 1, not {Epochs}");
        if (Passes < 0) throw new BadInputException($"the number of stochastic passes must be at least 0, not {Passes}");
        if (!(UpFactor > 0 && double.IsFinite(UpFactor)))
            throw new BadInputException($"the factor of the inputs must be positive and finite, not {UpFactor}");
    }
}
