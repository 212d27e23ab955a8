using System.Globalization;

namespace Boltzmann.Searching;

/// <summary>
/// The clauses of a problem as its file states them, in its order; so that what a search found is checked against the file and not against
/// what became of it.
/// </summary>
public sealed class ProblemClauses
{
    readonly int[] starts, literals;
    readonly double[] weights;
    readonly bool[] hard;

    /// <param name="starts">Where each clause's literals begin, and behind the last the end.</param>
    /// <param name="literals">Signed, from 1.</param>
    /// <param name="weights">Of each clause; of hard ones <paramref name="hardWeight"/>.</param>
    /// <param name="hard">Whether each is hard.</param>
    /// <param name="hardWeight">What a hard one costs in the energy.</param>
    internal ProblemClauses(int[] starts, int[] literals, double[] weights, bool[] hard, double hardWeight)
    {
        this.starts = starts;
        this.literals = literals;
        this.weights = weights;
        this.hard = hard;
        HardWeight = hardWeight;
        for (int c = 0; c < weights.Length; c++)
        {
            Weight += weights[c];
            if (hard[c]) Hard++;
            else SoftWeight += weights[c];
        }
    }

    /// <summary>Clauses.</summary>
    public int Count => weights.Length;

    /// <summary>Those that must hold.</summary>
    public int Hard { get; }

    /// <summary>What a hard clause costs in the energy: more than all soft ones together.</summary>
    public double HardWeight { get; }

    /// <summary>Σ of the soft weights.</summary>
    public double SoftWeight { get; }

    /// <summary>Σ of all weights, the hard ones' as in the energy.</summary>
    public double Weight { get; }

    /// <summary>The literals of a clause, signed, from 1.</summary>
    public ReadOnlySpan<int> this[int clause] => literals.AsSpan(starts[clause]..starts[clause + 1]);

    /// <summary>The literals of a clause by its name, as violations have it.</summary>
    public ReadOnlySpan<int> Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return this[int.Parse(name.AsSpan(Word.Length), NumberStyles.None, CultureInfo.InvariantCulture) - 1];
    }

    /// <summary>Whether a clause must hold.</summary>
    public bool IsHard(int clause) => hard[clause];

    /// <summary>What a clause costs where it does not hold.</summary>
    public double WeightOf(int clause) => weights[clause];

    const string Word = "clause ";

    /// <summary>The energy up to which a state satisfies a share of the weight: of the soft weights, all hard clauses holding; where all
    /// clauses are hard, of theirs.</summary>
    /// <param name="fraction">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another share.</exception>
    public double EnergyWithin(double fraction)
    {
        if (!(fraction is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), $"a share of the weight is 0 to 1, not {fraction}");
        return (1 - fraction) * (Hard == Count ? Weight : SoftWeight);
    }

    /// <summary>Counts what holds in a state.</summary>
    /// <param name="state">0 or 1 for each variable.</param>
    /// <param name="most">Violations that are listed.</param>
    public Satisfaction Check(ReadOnlySpan<byte> state, int most = 20)
    {
        long satisfied = 0, broken = 0;
        double soft = 0;
        var violated = new List<int>();
        for (int c = 0; c < weights.Length; c++)
        {
            if (weights[c] == 0 || ClauseList.HoldsAny(this[c], state))
            {
                satisfied++;
                continue;
            }
            violated.Add(c);
            if (hard[c]) broken++;
            else soft += weights[c];
        }
        Violation[] listed = [.. violated.OrderByDescending(c => weights[c]).ThenBy(c => c).Take(most)
            .Select(c => new Violation($"{Word}{c + 1}", 1, weights[c], hard[c]))];
        return new(satisfied, Count, Weight - soft - broken * HardWeight, Weight, soft, broken, listed);
    }
}
