namespace Boltzmann.Compute;

/// <summary>Clauses of three literals and more, to be laid out: Σ w·[no literal holds].</summary>
/// <param name="Starts">Where each clause's literals begin, and behind the last the end.</param>
/// <param name="Literals">v says that unit v − 1 is on, −v that it is off; a unit is in a clause once.</param>
/// <param name="Weights">w, one for each clause.</param>
sealed record ClauseTerms(int[] Starts, int[] Literals, double[] Weights)
{
    /// <summary>None.</summary>
    public static ClauseTerms None { get; } = new([0], [], []);
}
