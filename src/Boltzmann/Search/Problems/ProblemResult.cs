namespace Boltzmann.Searching;

/// <summary>What a search found for a problem.</summary>
/// <param name="Status">Why it ended. Proved: nothing is better, or nothing is feasible.</param>
/// <param name="Best">The best feasible solution; where none was found, the one of the lowest energy.</param>
/// <param name="LowestEnergy">The lowest energy that was seen with the last weights, feasible or not.</param>
/// <param name="Weights">The weights of hard constraints that are not blocks.</param>
/// <param name="Rounds">Times that weights grew.</param>
/// <param name="Method">How states moved.</param>
/// <param name="Seed">All its randomness.</param>
/// <param name="Sweeps">Of every chain.</param>
/// <param name="Updates">Times a variable was drawn.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="ProcessorSeconds">Processor time of the program.</param>
/// <param name="Restarts">Anneals that began anew.</param>
/// <param name="Variables">Of the energy, with slack and helpers.</param>
/// <param name="Removed">Of them, those that needed no search.</param>
/// <param name="Components">Parts that were searched apart.</param>
/// <param name="Trace">Every solution that was better than all before.</param>
/// <param name="Ladder">The temperatures of the largest part, hottest first; empty for methods without.</param>
public sealed record ProblemResult(SearchStatus Status, Solution Best, Solution LowestEnergy, IReadOnlyList<ConstraintWeight> Weights,
    int Rounds, string Method, ulong Seed, long Sweeps, double Updates, double Seconds, double ProcessorSeconds, long Restarts,
    int Variables, int Removed, int Components, IReadOnlyList<ProblemTracePoint> Trace, IReadOnlyList<LadderRung> Ladder)
{
    /// <summary>How far the best solution keeps the constraints, each violation listed.</summary>
    public required Satisfaction Satisfaction { get; init; }

    /// <summary>The best different feasible solutions, as many as were asked for; without any, the best one.</summary>
    public required IReadOnlyList<SearchSolution> Solutions { get; init; }

    /// <summary>Whether the best solution keeps every hard constraint.</summary>
    public bool IsFeasible => Best.IsFeasible;

    /// <summary>Of the best solution: objective and violations.</summary>
    public double Energy => Best.Energy;

    /// <summary>Of the best solution, in the problem's own sense.</summary>
    public double Objective => Best.Objective;

    /// <summary>What the best solution breaks.</summary>
    public IReadOnlyList<Violation> Violated => Best.Violated;

    /// <summary>By variable.</summary>
    public IReadOnlyList<bool> Assignment => Best.Assignment;

    /// <summary>Whether a hypothesis holds.</summary>
    public bool this[Hypothesis x] => Best[x];

    /// <summary>The value of an integer.</summary>
    public int this[IntegerVariable integer] => Best[integer];

    /// <summary>The value of a spin, −1 or 1.</summary>
    public int this[SpinVariable spin] => Best[spin];
}
