using System.Runtime.InteropServices;

namespace Boltzmann.Training;

/// <summary>What an optimiser keeps of each parameter between updates, one matrix or two, and how it hands both to the backend.</summary>
/// <param name="rule">The update under way.</param>
/// <param name="isPair">Whether it keeps two.</param>
sealed class UpdateMemory(Func<StepRates, UpdateRule> rule, bool isPair)
{
    readonly SortedDictionary<int, (Matrix First, Matrix? Second)> kept = [];
    readonly List<ParameterUpdate> updates = [];

    /// <exception cref="ArgumentOutOfRangeException">ε, added outside a root, is not above 0 or not finite.</exception>
    public static void RequireEpsilon(double epsilon)
    {
        if (!(epsilon > 0 && double.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(nameof(epsilon), $"epsilon must be positive and finite, not {epsilon}");
    }

    /// <exception cref="ArgumentOutOfRangeException">The decay of squares, a parameter of this name, is not in [0, 1).</exception>
    public static void RequireDecay(double decay, string name)
    {
        if (!(decay is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(name, $"the decay of squares must be at least 0 and below 1, not {decay}");
    }

    /// <summary>What is kept of each parameter so far, by its place.</summary>
    public IEnumerable<(int Index, Matrix First, Matrix? Second)> All => kept.Select(k => (k.Key, k.Value.First, k.Value.Second));

    /// <inheritdoc cref="IOptimizer.Prepare"/>
    public void Prepare(int index, Matrix value) =>
        kept[index] = (value.Like(value.Rows, value.Columns), isPair ? value.Like(value.Rows, value.Columns) : null);

    /// <inheritdoc cref="IOptimizer.Apply(int, Matrix, ReadOnlySpan{Factor}, in StepRates)"/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates)
    {
        UpdateRule now = rule(rates);
        var (first, second) = Of(index, value);
        value.Update(first, second, gradient, now);
    }

    /// <inheritdoc cref="IOptimizer.Apply(ReadOnlySpan{ParameterStep}, ReadOnlySpan{Factor})"/>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors)
    {
        updates.Clear();
        foreach (ref readonly ParameterStep step in steps)
        {
            UpdateRule now = rule(step.Rates);
            var (first, second) = Of(step.Index, step.Value);
            updates.Add(new(step.Value, first, second, step.Factors, now));
        }
        Matrix.Update(CollectionsMarshal.AsSpan(updates), factors);
    }

    (Matrix First, Matrix? Second) Of(int index, Matrix value)
    {
        if (!kept.ContainsKey(index)) Prepare(index, value);
        return kept[index];
    }
}
