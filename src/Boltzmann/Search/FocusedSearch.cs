namespace Boltzmann.Searching;

/// <summary>
/// Walks that are led by what is violated: one variable of a random violated clause is flipped. Where clauses weigh the same it is chosen
/// with a probability that falls with the number b of clauses that would break, (0.9 + b)^−2.06 for clauses of up to three literals and
/// 2.85^−b, 3.7^−b, 5^−b, 5.4^−b for longer ones of 4, 5, 6, 7 and more (Balint and Schöning 2012, as their program has them since 2013);
/// otherwise, and in one walk of four, a random one is flipped as Metropolis would, at an inverse temperature that rises again and again:
/// where not all clauses can hold, that leaves far fewer violated. For energies of clauses alone.
/// </summary>
/// <remarks>
/// Walks are independent. One begins; where it has not found what is sought, more join, up to <see cref="MostWalks"/>, so that a hard
/// problem keeps any number of threads busy, while one that every walk solves in the same time is not solved twice. All advance by equal
/// numbers of flips, and the first in the order of rounds and walks counts: results do not depend on threads.
/// </remarks>
public sealed record FocusedSearch : ISearchMethod
{
    /// <inheritdoc/>
    public string Name => "focused";

    /// <summary>The most walks.</summary>
    public int MostWalks { get; init; } = 32;

    /// <summary>Inverse temperatures where clauses have different weights; null for those that follow from the weights.</summary>
    public TemperatureRange? Range { get; init; }

    /// <summary>Whether an energy has clauses of weights above 0 and nothing else.</summary>
    public static bool Suits(BinaryEnergy energy)
    {
        ArgumentNullException.ThrowIfNull(energy);
        if (energy.Clauses == 0 || energy.Pairs > 0) return false;
        foreach (double bias in energy.Linear)
            if (bias != 0) return false;
        foreach (double weight in energy.ClauseWeights)
            if (!(weight > 0)) return false;
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The energy has other terms, or clauses that are better broken.</exception>
    public IEnumerable<SearchRun> Run(SearchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!Suits(run.Energy))
            throw new ArgumentException("focused search is for energies of clauses of positive weight alone: use tempering", nameof(run));
        return new FocusedRun(run, this).Steps();
    }
}
