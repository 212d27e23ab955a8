namespace Boltzmann;

/// <summary>How one machine of a stack is taught.</summary>
/// <param name="Estimator">Where its negative phase comes from; each machine needs one of its own.</param>
/// <param name="Optimizer">How a gradient becomes a step; each machine needs one of its own.</param>
/// <param name="Options">
/// Rates, penalties, metrics, which see the rows that the layers below make. With <see cref="Binarization.Stochastic"/> means of Bernoulli layers become
/// states, drawn afresh at each presentation.
/// </param>
/// <param name="Epochs">Passes over the rows, at least 1.</param>
public sealed record LayerTraining(IGradientEstimator Estimator, IOptimizer Optimizer, TrainerOptions Options, int Epochs)
{
    /// <summary>Stochastic passes up from the data, whose mean are the rows that this machine learns, drawn once; 0 for the means of every layer. 1 gives states. Of no effect in the first machine.</summary>
    public int Passes { get; init; }

    /// <summary>Whether the visible biases (and a learned scale) start at the moments of the rows, as training of this machine begins; else they stay as they are.</summary>
    public bool StartsAtMoments { get; init; } = true;

    /// <exception cref="BadInputException">A number is out of range.</exception>
    internal void Validate()
    {
        Options.Validate();
        if (Epochs < 1) throw new BadInputException($"the number of epochs must be at least 1, not {Epochs}");
        if (Passes < 0) throw new BadInputException($"the number of stochastic passes must be at least 0, not {Passes}");
    }
}
