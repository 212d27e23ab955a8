namespace Boltzmann.Searching;

/// <summary>How a problem becomes an energy.</summary>
public sealed record ProblemOptions
{
    /// <summary>
    /// Whether hard constraints that exactly one of some hypotheses holds become one-hot units that always hold; otherwise they cost energy
    /// as all others do.
    /// </summary>
    public bool Blocks { get; init; } = true;

    /// <summary>Multiplies all weights of hard constraints that are chosen by themselves.</summary>
    public double Penalty
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value
            : throw new ArgumentException($"the penalty is multiplied by {value}, which is not above 0 and finite", nameof(value));
    } = 1;

    /// <summary>
    /// Whether descents from random states are tried before anything else, where there is no objective: many a puzzle is then solved long
    /// before chains are made.
    /// </summary>
    public bool TriesDescent { get; init; } = true;
}
