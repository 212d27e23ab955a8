using Boltzmann.Searching;

namespace Boltzmann.Cli;

/// <summary>What was asked of a search.</summary>
sealed record SearchRequest
{
    const double DefaultSeconds = 10;

    public required string Path { get; init; }
    public string? Format { get; init; }
    public int Problem { get; init; }
    public bool? IsSpin { get; init; }
    public required string Method { get; init; }
    public double? Seconds { get; init; }
    public int? Sweeps { get; init; }
    public double? Stalled { get; init; }
    public double? Target { get; init; }
    public double? Satisfied { get; init; }
    public int Violations { get; init; }
    public bool Requires { get; init; }
    public int? Temperatures { get; init; }
    public TemperatureRange? Range { get; init; }
    public AnnealingSchedule Schedule { get; init; }
    public int Reheats { get; init; }
    public bool ClusterMoves { get; init; }
    public int Solutions { get; init; }
    public string? Out { get; init; }
    public string? Picture { get; init; }
    public string? Report { get; init; }
    public string? Animation { get; init; }

    public int? Colours { get; init; }
    public double? Noise { get; init; }
    public ulong Seed { get; init; }
    public string CommandLine { get; init; } = "";
    public bool Marginals { get; init; }
    public double? Temperature { get; init; }
    public int? Chains { get; init; }
    public SearchCheckpoint? Checkpoint { get; init; }
    public RowsRequest? Rows { get; init; }
    public ImageShape? Image { get; init; }

    public IReadOnlyList<string> ClampWords { get; init; } = [];
    public string? ClampFile { get; init; }
    public string? Start { get; init; }
    public string? Write { get; init; }
    public bool HasSolutions { get; init; }
    public double Penalty { get; init; } = 1;
    public bool Blocks { get; init; } = true;

    /// <summary>The names of the options that the command line has, without their dashes.</summary>
    public IReadOnlySet<string> Given { get; init; } = new HashSet<string>();

    /// <summary>Whether anything is known.</summary>
    public bool IsClamped => ClampWords.Count > 0 || ClampFile is not null;

    /// <summary>How constraints become an energy. Who names a method wants to see it at work.</summary>
    public ProblemOptions Compilation => new() { Blocks = Blocks, Penalty = Penalty, TriesDescent = Method == "auto" };

    /// <summary>What is asked of whichever method searches.</summary>
    public SearchSettings Settings => new()
    {
        Temperatures = Temperatures,
        Range = Range,
        Schedule = Schedule,
        Reheats = Reheats,
        ClusterMoves = ClusterMoves,
        Chains = Chains,
        Solutions = Solutions,
        Temperature = Marginals || Method == "population" ? Temperature ?? (Marginals ? 1 : null) : null,
    };

    /// <summary>When the search ends whatever it finds.</summary>
    public StopRule Ends(CancellationToken cancellation) => new()
    {
        Seconds = Seconds ?? (Sweeps is null && Stalled is null ? DefaultSeconds : null),
        Sweeps = Sweeps,
        StalledSeconds = Stalled,
        Cancellation = cancellation,
    };

    public ISearchMethod MethodFor(BinaryEnergy energy) => SearchMethods.Of(Method, energy, Settings);
}
