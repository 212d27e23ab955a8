namespace Boltzmann.Inference;

/// <summary>Which rows to fill, and how long to look for what is missing in them.</summary>
public sealed record CompleteRequest
{
    /// <summary>What <see cref="BurnIn"/> and <see cref="Sweeps"/> stand at.</summary>
    public const int DefaultSweeps = 200;

    /// <summary>The rows; a table may lack whole columns of the training.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>
    /// How many completions to draw of each row, for multiple imputation (Rubin 1987); null for one of the most probable words and expected
    /// numbers.
    /// </summary>
    public int? Draws { get; init => field = Requested.AtLeast(1, "draws", value); }

    /// <summary>Gibbs sweeps of each row's chain before anything counts, and between draws.</summary>
    public int BurnIn { get; init => field = Requested.AtLeast(1, "burn-in", value) ?? DefaultSweeps; } = DefaultSweeps;

    /// <summary>Gibbs sweeps that words and numbers are averaged over.</summary>
    public int Sweeps { get; init => field = Requested.AtLeast(1, "sweeps", value) ?? DefaultSweeps; } = DefaultSweeps;

    /// <summary>Whether numbers may leave the range of the training.</summary>
    public bool Extrapolate { get; init; }
}
