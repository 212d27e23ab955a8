namespace Boltzmann.Ratings;

/// <summary>How ratings are learned.</summary>
public sealed record RatingTrainerOptions
{
    /// <summary>Cases of an update.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Step size, from epoch to epoch.</summary>
    public Schedule LearningRate { get; init; } = 0.05;

    /// <summary>Share of the step before that a step goes on with.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay of W and D.</summary>
    public double L2 { get; init; } = 0.01;

    /// <summary>k of contrastive divergence.</summary>
    public Schedule Steps { get; init; } = 1;

    /// <summary>
    /// Cases that each unit's gradient is divided by in addition to those of the batch that have it, so that few do not lead far.
    /// </summary>
    public double Prior { get; init; } = 2;

    /// <summary>Threads; the result does not depend on them.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
