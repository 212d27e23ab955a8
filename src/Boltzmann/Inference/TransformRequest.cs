namespace Boltzmann.Inference;

/// <summary>Which features of which rows: means of hidden layers, E[h|v], or activities in a network.</summary>
public sealed record TransformRequest
{
    /// <summary>The rows.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>How far up, 1 being the first hidden layer; null for the top one.</summary>
    public int? Layer { get; init; }

    /// <summary>
    /// Several hidden layers, whose features come side by side, by number or, of a graph, by name; instead of <see cref="Layer"/>.
    /// </summary>
    public IReadOnlyList<string>? Layers { get; init; }

    /// <summary>How a deep machine's layers find their means.</summary>
    public WayUp Inference { get; init; }

    /// <summary>The mean of so many stochastic passes, 1 for states; null for means, without anything random.</summary>
    public int? Passes { get; init => field = Requested.AtLeast(1, "passes", value); }
}
