namespace Boltzmann.Inference;

/// <summary>What to draw from a model by Gibbs sampling: rows of its own, or what is missing in given ones.</summary>
public sealed record SampleRequest
{
    /// <summary>What <see cref="Sweeps"/> stands at.</summary>
    public const int DefaultSweeps = 1000;

    /// <summary>Samples at most.</summary>
    public const int MostSamples = 1_000_000;

    /// <summary>
    /// Samples, each from a chain of its own; null for 100, or one per given row with <see cref="Clamp"/> (of more, each row gets several
    /// in turn) and <see cref="Impute"/>.
    /// </summary>
    public int? Count { get; init => field = Requested.AtLeast(1, "count", value); }

    /// <summary>Draws of each sample, of a model whose rows have draws of their own; null for any other.</summary>
    public int? Draws { get; init => field = Requested.AtLeast(1, "draws", value); }

    /// <summary>Gibbs sweeps of each chain; null for <see cref="DefaultSweeps"/>.</summary>
    public int? Sweeps { get; init => field = Requested.AtLeast(1, "sweeps", value); }

    /// <summary>
    /// T in p ∝ exp(−E/T): above 1 chains move more freely, below 1 they stay where it is most probable.
    /// </summary>
    public double Temperature
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value
            : throw new BadInputException($"--temperature must be above 0, not '{value}'");
    } = 1;

    /// <summary>
    /// Where chains begin; null for the first of <see cref="Rows"/> where these are stated and nothing is clamped, else at noise.
    /// </summary>
    public ChainStart? Start { get; init; }

    /// <summary>The rows that chains start at, or complete.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>
    /// What rows give and sampling completes: a half of a picture (left, right, top, bottom) or columns from 0, such as 0-99,150; null for
    /// nothing.
    /// </summary>
    public string? Clamp { get; init; }

    /// <summary>File of rows with missing values (NaN, or empty cells of a table), sampled while the rest stays; null for none.</summary>
    public string? Impute { get; init; }

    /// <summary>
    /// Columns that every sample has at a value, as NAME=VALUE in the words of the table: the others are drawn given these; null for none.
    /// </summary>
    public IReadOnlyList<string>? Given { get; init; }

    /// <summary>Models with labels: draw rows of this class; null for any.</summary>
    public string? Class { get; init; }

    /// <summary>What is given of the visible units, and what is drawn on the way down a deep belief network.</summary>
    public Descent Descent { get; init; } = Descent.VisibleMeans;

    /// <summary>Whether a sheet of the samples is wanted.</summary>
    public bool Picture { get; init; }

    /// <summary>Whether sheets from the start to the last sweep are wanted, too.</summary>
    public bool Film { get; init; }

    /// <summary>How a row is a picture; null where data or model tell.</summary>
    public ImageShape? Image { get; init; }
}
