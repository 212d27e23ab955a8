namespace Boltzmann.Inference;

/// <summary>Which rows to score, and by what.</summary>
public sealed record ScoreRequest
{
    /// <summary>The rows.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>What is measured.</summary>
    public ScoreMeasure By { get; init; }

    /// <summary>How many columns to name that make a row odd; 0 for none.</summary>
    public int Explain { get; init => field = Requested.AtLeast(0, "explain", value)!.Value; }

    /// <summary>
    /// The share of the training's rows that count as odd: a row is odd if it is odder than all but this share of them; null to call none
    /// so.
    /// </summary>
    public double? Threshold
    {
        get;
        init => field = value is null or (> 0 and < 1) ? value
            : throw new BadInputException($"--threshold is the share of the training's rows that count as odd, between 0 and 1, not "
                + $"{value}");
    }

    /// <summary>How log Z is found, by <see cref="ScoreMeasure.LogLikelihood"/>.</summary>
    public LogPartitionRequest LogPartition { get; init; } = new();
}
