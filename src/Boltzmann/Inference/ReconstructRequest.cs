namespace Boltzmann.Inference;

/// <summary>Which rows pass up to a hidden layer and down again, how, and what is to be drawn of them.</summary>
public sealed record ReconstructRequest
{
    /// <summary>The rows.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>
    /// How far up, 1 being the first hidden layer; null for the top one of a stack, the first of a machine whose layers find their means
    /// together.
    /// </summary>
    public int? Layer { get; init; }

    /// <summary>
    /// Whether units of hidden layers, and visible ones between steps, are drawn instead of passing means; the result are means of the
    /// last draw.
    /// </summary>
    public bool Stochastic { get; init; }

    /// <summary>With <see cref="Stochastic"/>: the mean of so many passes up, and of as many down; null for 1.</summary>
    public int? Passes { get; init => field = Requested.AtLeast(1, "passes", value); }

    /// <summary>Times up and down; null for 1.</summary>
    public int? Steps { get; init => field = Requested.AtLeast(1, "steps", value); }

    /// <summary>Whether a picture of the first rows is wanted.</summary>
    public bool Picture { get; init; }

    /// <summary>Folder for a picture of each class's first row: data, hidden units, reconstruction; null for none.</summary>
    public string? Passages { get; init; }

    /// <summary>How a row is a picture; null where data or model tell.</summary>
    public ImageShape? Image { get; init; }
}
