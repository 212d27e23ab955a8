namespace Boltzmann.Runs;

/// <summary>How a trial stood at the end of a round.</summary>
/// <param name="Epochs">Epochs of its training until then.</param>
/// <param name="Value">The metric; NaN where the trial failed.</param>
/// <param name="StandardError">Standard error of an estimate; null where none is known.</param>
/// <param name="Failure">Why there is no value; null where there is one.</param>
public sealed record TrialRound(int Epochs, double Value, double? StandardError = null, string? Failure = null)
{
    /// <summary>How many standard errors of its estimate a trial is set back by when trials are ranked.</summary>
    const double Caution = 2;

    /// <summary>Whether the estimate that the value rests on was made with care, as it is before a trial goes on or wins.</summary>
    public bool IsCareful { get; init; }

    /// <summary>Whether that estimate is doubtful all the same.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Whether the value rests on a quick estimate, which may flatter the trial.</summary>
    internal bool IsQuick => Failure is null && StandardError is not null && !IsCareful;

    /// <summary>
    /// What trials are ranked by, more being better. A careful estimate counts with two standard errors against it: the worse a machine's
    /// chains mix, the more its forward estimate of log Z flatters it. A quick one counts as it is, and is replaced where it would matter.
    /// </summary>
    internal double Standing(bool higherIsBetter) =>
        (higherIsBetter ? Value : -Value) - (IsCareful ? Caution * (StandardError ?? 0) : 0);
}
