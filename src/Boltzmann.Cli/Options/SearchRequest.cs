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
    public int Solutions { get; init; }
    public string? Out { get; init; }
    public string? Picture { get; init; }
    public string? Report { get; init; }

    public StopRule Stop(SearchProblem problem, CancellationToken cancellation)
    {
        if (Satisfied is not null && problem.Clauses is null)
            throw new BadInputException($"--satisfied: {problem.Name} ({problem.Format}) has no clauses to satisfy; --target ends "
                + "a search at a value");
        var rule = new StopRule
        {
            SatisfiedEnergy = problem.Clauses?.EnergyWithin(Satisfied ?? 1),
            Seconds = Seconds,
            Sweeps = Sweeps,
            StalledSeconds = Stalled,
            Target = Target is double value ? problem.Objective.EnergyAt(value) : null,
            Cancellation = cancellation,
        };
        return rule with { Seconds = Seconds ?? (Sweeps is null && Stalled is null ? DefaultSeconds : null) };
    }

    public ISearchMethod MethodFor(BinaryEnergy energy) =>
        SearchMethods.Of(Method, energy, new() { Temperatures = Temperatures, Range = Range, Schedule = Schedule, Reheats = Reheats });
}
