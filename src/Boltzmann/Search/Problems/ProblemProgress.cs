namespace Boltzmann.Searching;

/// <summary>A problem's search while it goes on.</summary>
/// <param name="Best">The best solution so far: a feasible one, if any is known.</param>
/// <param name="Sweeps">Of every chain.</param>
/// <param name="Updates">Times a variable was drawn.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Rounds">Times that weights grew.</param>
/// <param name="Run">The search of the largest part; null where none needs a search.</param>
public sealed record ProblemProgress(Solution Best, long Sweeps, double Updates, double Seconds, int Rounds, SearchRun? Run)
{
    /// <summary>A state of an anneal under way, one chain of each part, as the hypotheses have it; null for methods that do not
    /// cool.</summary>
    public Func<byte[]>? CooledState { get; init; }
}
