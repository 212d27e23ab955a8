using System.Runtime.InteropServices;

namespace Boltzmann;

/// <summary>
/// Adam (Kingma and Ba 2015), uphill: steps scaled by running means of the gradient and of its square, both corrected for their start at 0.
/// </summary>
/// <param name="beta2">Decay of the squared gradients, at least 0 and below 1.</param>
/// <param name="epsilon">Added outside the root; above 0.</param>
public sealed class Adam(double beta2 = 0.999, double epsilon = 1e-8) : IOptimizer
{
    readonly double beta2 = beta2 is >= 0 and < 1 ? beta2
        : throw new ArgumentOutOfRangeException(nameof(beta2), $"the decay of squares must be at least 0 and below 1, not {beta2}");
    readonly double epsilon = epsilon > 0 && double.IsFinite(epsilon) ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), $"epsilon must be positive and finite, not {epsilon}");
    readonly SortedDictionary<int, (Matrix First, Matrix Second)> moments = [];
    readonly List<ParameterUpdate> updates = [];

    /// <inheritdoc/>
    public string Name => "adam";

    /// <summary>t, the number of the current update, counted from 1 (updates, not epochs).</summary>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory =>
        [.. moments.SelectMany(m => new[] { ($"first.{m.Key}", m.Value.First), ($"second.{m.Key}", m.Value.Second) })];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) =>
        moments[index] = (value.Like(value.Rows, value.Columns), value.Like(value.Rows, value.Columns));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="Time"/> is 0: the correction for the start would divide by 0.</exception>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates)
    {
        var (first, second) = Moments(index, value);
        value.Update(first, second, gradient, Rule(rates));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="Time"/> is 0: the correction for the start would divide by 0.</exception>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors)
    {
        updates.Clear();
        foreach (ref readonly ParameterStep step in steps)
        {
            var (first, second) = Moments(step.Index, step.Value);
            updates.Add(new(step.Value, first, second, step.Factors, Rule(step.Rates)));
        }
        Matrix.Update(CollectionsMarshal.AsSpan(updates), factors);
    }

    UpdateRule Rule(in StepRates rates) =>
        new(rates.LearningRate, rates.Momentum, rates.L2, rates.L1, IsAdam: true, Beta2: beta2, Epsilon: epsilon, Time: Time);

    (Matrix First, Matrix Second) Moments(int index, Matrix value)
    {
        if (Time < 1) throw new InvalidOperationException($"Adam counts updates from 1; its time is {Time}");
        if (!moments.ContainsKey(index)) Prepare(index, value);
        return moments[index];
    }
}
