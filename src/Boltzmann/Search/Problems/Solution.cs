namespace Boltzmann.Searching;

/// <summary>What a state says about a problem: who holds, what it costs, what it breaks.</summary>
public sealed class Solution
{
    readonly byte[] state;
    readonly Problem problem;

    internal Solution(Problem problem, byte[] state, double objective, double constraintEnergy, IReadOnlyList<Violation> violated,
        bool isAsKnown)
    {
        this.problem = problem;
        this.state = state;
        ObjectiveEnergy = objective;
        ConstraintEnergy = constraintEnergy;
        Violated = violated;
        IsFeasible = isAsKnown && !violated.Any(violation => violation.IsHard);
    }

    /// <summary>Objective and constraints together.</summary>
    public double Energy => ObjectiveEnergy + ConstraintEnergy;

    /// <summary>The objective as energy: what is maximised has the opposite sign here.</summary>
    public double ObjectiveEnergy { get; }

    /// <summary>The objective in the problem's own sense.</summary>
    public double Objective => problem.IsMaximised ? 0 - ObjectiveEnergy : ObjectiveEnergy;

    /// <summary>What the broken constraints cost.</summary>
    public double ConstraintEnergy { get; }

    /// <summary>The broken constraints, in the problem's order.</summary>
    public IReadOnlyList<Violation> Violated { get; }

    /// <summary>Whether every hard constraint holds, and all that is required and clamped.</summary>
    public bool IsFeasible { get; }

    /// <summary>By variable, 0 or 1.</summary>
    public IReadOnlyList<byte> State => state;

    /// <summary>By variable.</summary>
    public IReadOnlyList<bool> Assignment => Array.ConvertAll(state, value => value != 0);

    /// <summary>Whether a hypothesis holds.</summary>
    public bool this[Hypothesis x] => x.Problem == problem ? x.Holds(state)
        : throw new ArgumentException($"{x.Name} is a hypothesis of another problem", nameof(x));

    /// <summary>The value of an integer.</summary>
    public int this[IntegerVariable integer]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(integer);
            return integer.In(state);
        }
    }

    /// <summary>The value of a spin, −1 or 1.</summary>
    public int this[SpinVariable spin]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(spin);
            return this[spin.Up] ? 1 : -1;
        }
    }

    /// <summary>What a person asks for, by name: integers by their values, spins as −1 or 1, other hypotheses as 0 or 1.</summary>
    public IEnumerable<KeyValuePair<string, int>> Values
    {
        get
        {
            var integers = problem.Integers.ToDictionary(integer => integer.Bits[0].Variable);
            for (int i = 0; i < state.Length;)
            {
                if (integers.TryGetValue(i, out IntegerVariable? integer))
                {
                    yield return KeyValuePair.Create(integer.Name, integer.In(state));
                    i += integer.Bits.Count;
                    continue;
                }
                yield return KeyValuePair.Create(problem.NameOf(i), problem.IsSpin(i) ? 2 * state[i] - 1 : state[i]);
                i++;
            }
        }
    }

    /// <summary>Every hypothesis by its name.</summary>
    public IEnumerable<KeyValuePair<string, bool>> Named =>
        Enumerable.Range(0, state.Length).Select(i => KeyValuePair.Create(problem.NameOf(i), state[i] != 0));
}
