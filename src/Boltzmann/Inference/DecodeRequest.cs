namespace Boltzmann.Inference;

/// <summary>Which codes are to become rows.</summary>
public sealed record DecodeRequest
{
    /// <summary>The codes; null to open them by name.</summary>
    public RowData? Given { get; init; }

    /// <summary>A file of codes, a row each.</summary>
    public string? Data { get; init; }

    /// <summary>Only the first so many; null for all.</summary>
    public int? Count { get; init => field = Requested.AtLeast(1, "rows", value); }

    /// <summary>Whether a CSV's first line names the columns; null to find out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>What else a file does not say itself.</summary>
    public FileReading Reading { get; init; } = new();

    /// <summary>Whether a picture is to be made.</summary>
    public bool Picture { get; init; }

    /// <summary>How a row is a picture; null where the model's training tells.</summary>
    public ImageShape? Image { get; init; }
}
