namespace Boltzmann;

/// <summary>How a <see cref="SequenceTrainer"/> learns.</summary>
public sealed record SequenceTrainerOptions
{
    /// <summary>
    /// Whether steps are learned one by one, in order, as they come (<see cref="OnlineLearner"/>); else sequences in batches, back through
    /// time.
    /// </summary>
    public bool IsOnline { get; init; }

    /// <summary>Online: whether the memory is emptied where a sequence begins; else it goes on over all of them.</summary>
    public bool ResetsBetweenSequences { get; init; } = true;

    /// <summary>Sequences side by side in an update.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Steps after which the way back through time is cut, and an update made; the memory goes on over the cut.</summary>
    public int Truncate { get; init; } = 100;

    /// <summary>Greatest Euclidean norm of the gradient of the mean over steps; ∞ for no limit.</summary>
    public double Clip { get; init; } = 1;

    /// <summary>
    /// Whether the negative phase is exact: in closed form without hidden units, else by summing over states. CD otherwise.
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>
    /// Whether steps are learned as mean-field inference predicts them from the past, by back-propagation through <see cref="Steps"/>
    /// sweeps (multi-prediction), in place of CD. It teaches what a prediction will do; it is no gradient of the likelihood.
    /// </summary>
    public bool IsPrediction { get; init; }

    /// <summary>k of CD-k, or mean-field sweeps, by epoch.</summary>
    public Schedule Steps { get; init; } = 1;

    /// <summary>Whether the chain's visible units are sampled; their means otherwise.</summary>
    public bool SampleVisible { get; init; } = true;

    /// <summary>Step size per unit of the mean gradient over steps, by epoch.</summary>
    public Schedule LearningRate { get; init; } = 0.05;

    /// <summary>Factor on the step size of precisions.</summary>
    public double PrecisionRate { get; init; } = 1;

    /// <summary>Share of the last step kept, by epoch.</summary>
    public Schedule Momentum { get; init; } = 0.9;

    /// <summary>Weight decay of all weights.</summary>
    public double L2 { get; init; }

    /// <summary>Lasso penalty on all weights.</summary>
    public double L1 { get; init; }

    /// <summary>Whether sequences come in a new random order every epoch; online never.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>What to measure after epochs, by name; null for nothing.</summary>
    public Func<SequenceModel, IReadOnlyDictionary<string, double>>? Measure { get; init; }

    /// <summary>When to stop before the last epoch; null for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Whether more of the metric that early stopping watches is better.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>Throws unless every number is in its range.</summary>
    /// <exception cref="BadInputException">One is not; the message names it.</exception>
    public void Validate()
    {
        // Those that it shares with other trainers are held against the same ranges.
        new TrainerOptions
        {
            BatchSize = BatchSize,
            LearningRate = LearningRate,
            Momentum = Momentum,
            Steps = Steps,
            L2 = L2,
            L1 = L1,
            PrecisionRate = PrecisionRate
        }.Validate();
        if (Truncate < 1) throw new BadInputException($"the number of steps back through time must be at least 1, not {Truncate}");
        if (!(Clip > 0)) throw new BadInputException($"the greatest norm of the gradient must be above 0, not {Clip:R}");
        if (IsExact && IsPrediction) throw new BadInputException("the gradient is exact or of predictions, not both");
        EarlyStopping?.Validate();
    }
}
