namespace Boltzmann.Evaluation;

/// <summary>What a metric found, with what is needed to judge it where it rests on an estimate of log Z.</summary>
/// <param name="Value">The number; NaN where it is not defined, or where the estimate is not to be believed.</param>
public sealed record MetricValue(double Value)
{
    /// <summary>Standard error that the estimate of log Z leaves, in nats; NaN for a number that rests on none.</summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>How many forward chains of equal weight would do as well; NaN for a number that rests on no estimate.</summary>
    public double EffectiveSampleSize { get; init; } = double.NaN;

    /// <summary>How far the estimate is to be believed; null for a number that rests on none.</summary>
    public BracketVerdict? Verdict { get; init; }

    /// <summary>Why there is no number though one was asked for; null where there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>A number that rests on no estimate.</summary>
    public static implicit operator MetricValue(double value) => new(value);
}
