namespace Boltzmann.Searching;

/// <summary>What may be asked of whichever method searches.</summary>
public sealed record SearchSettings
{
    /// <summary>Temperatures of tempering; null for as many as exchanges need.</summary>
    public int? Temperatures { get; init; }

    /// <summary>The range of inverse temperatures; null for one that is measured.</summary>
    public TemperatureRange? Range { get; init; }

    /// <summary>How annealing cools.</summary>
    public AnnealingSchedule Schedule { get; init; }

    /// <summary>How often each anneal jumps back to where its energy fell fastest.</summary>
    public int Reheats { get; init; }

    /// <summary>The temperature at which marginals are wanted; null for none.</summary>
    public double? Temperature { get; init; }

    /// <summary>How many different states are wanted: of more than one, exact methods tell those of few variables only.</summary>
    public int Solutions { get; init; } = 1;

    /// <summary>Chains of a population; null for the default.</summary>
    public int? Chains { get; init; }
}
