namespace Boltzmann.Runs;

/// <summary>What belongs to a run beside its plan: with another request it is the same run.</summary>
public sealed record RunRequest
{
    /// <summary>The run folder; null for one under runs/, from model, data and time.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether to replace a run that is there.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to keep a frame of fantasy particles after every epoch.</summary>
    public bool KeepsFilm { get; init; }

    /// <summary>What the report says the run was asked for by.</summary>
    public string CommandLine { get; init; } = "";
}
