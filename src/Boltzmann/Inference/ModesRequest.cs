using Boltzmann.Searching;

namespace Boltzmann.Inference;

/// <summary>Which modes of a model to look for: states that no change of one unit makes more probable.</summary>
public sealed record ModesRequest
{
    /// <summary>Rows that are completed at most: each is a search of its own.</summary>
    public const int MostRows = 100;

    /// <summary>How many modes are kept, the most probable first; completing rows, one a row.</summary>
    public int Count { get; init => field = Requested.AtLeast(1, "solutions", value) ?? 20; } = 20;

    /// <summary>T of the states from which modes are reached: 1 for what the model has learned, less for its lowest states.</summary>
    public double Temperature
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value
            : throw new BadInputException($"--temperature must be above 0, not '{value}'");
    } = 1;

    /// <summary>When the search ends; completing rows, seconds are shared by them, and sweeps are those of each.</summary>
    public StopRule Stop { get; init; } = new() { Seconds = 10 };

    /// <summary>The rows that are completed.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>
    /// What stays as in <see cref="Rows"/>: a half of a picture (left, right, top, bottom) or columns from 0, such as 0-99,150; null for
    /// modes of the whole model.
    /// </summary>
    public string? Clamp { get; init; }

    /// <summary>Whether a sheet of the modes is wanted.</summary>
    public bool Picture { get; init; }

    /// <summary>Size of the pictures that rows are; null where the data tells.</summary>
    public ImageShape? Image { get; init; }

    /// <summary>Told how the search stands; null for nobody.</summary>
    public Action<SearchRun>? Progress { get; init; }
}
