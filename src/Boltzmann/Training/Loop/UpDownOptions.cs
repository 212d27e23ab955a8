namespace Boltzmann.Training;

/// <summary>How <see cref="UpDownTrainer"/> learns.</summary>
public sealed partial record UpDownOptions
{
    /// <summary>Rows per update; more than the data have is fine.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Step size per unit of mean gradient, by epoch. Small: the machines have been taught already.</summary>
    public Schedule LearningRate { get; init; } = 0.01;

    /// <summary>Share of the last step kept, by epoch (β₁ for Adam).</summary>
    public Schedule Momentum { get; init; } = 0.5;

    /// <summary>
    /// Gibbs sweeps of the top machine between the wake and the sleep phase, by epoch; 3, later 6 and 10 in the 2006 paper.
    /// </summary>
    public Schedule Steps { get; init; } = 3;

    /// <summary>Weight decay λ₂: the weights' gradient loses λ₂·W.</summary>
    public double L2 { get; init; }

    /// <summary>How grey values become bits at each presentation.</summary>
    public Binarization Binarization { get; init; } = Binarization.None;

    /// <summary>
    /// When to stop before the last epoch, by one of the numbers that <see cref="UpDownTrainer.Run"/> tells after each; null for never.
    /// </summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Whether rows come in a new random order every epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Throws unless every number is in its range.</summary>
    /// <exception cref="BadInputException">One is not; the message names it.</exception>
    public void Validate()
    {
        ForTrainer.Validate();
        EarlyStopping?.Validate();
    }

    // The same settings mean the same to both trainers, so they are checked by one.
    internal TrainerOptions ForTrainer => new()
    {
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Momentum = Momentum,
        Steps = Steps,
        L2 = L2,
        Binarization = Binarization,
        Shuffle = Shuffle
    };
}
