using System.Runtime.InteropServices;

namespace Boltzmann;

/// <summary>
/// Stochastic gradient ascent with momentum: Δ ← m·Δ + lr·g; θ ← θ + Δ. (Not Δ ← lr·(m·Δ + g), whose momentum is lr·m, almost none.)
/// </summary>
public sealed class Sgd : IOptimizer
{
    readonly SortedDictionary<int, Matrix> velocities = [];
    readonly List<ParameterUpdate> updates = [];

    /// <inheritdoc/>
    public string Name => "sgd";

    /// <inheritdoc/>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [.. velocities.Select(v => ($"velocity.{v.Key}", v.Value))];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => velocities[index] = value.Like(value.Rows, value.Columns);

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates) =>
        value.Update(Velocity(index, value), null, gradient, Rule(rates));

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors)
    {
        updates.Clear();
        foreach (ref readonly ParameterStep step in steps)
            updates.Add(new(step.Value, Velocity(step.Index, step.Value), null, step.Factors, Rule(step.Rates)));
        Matrix.Update(CollectionsMarshal.AsSpan(updates), factors);
    }

    static UpdateRule Rule(in StepRates rates) => new(rates.LearningRate, rates.Momentum, rates.L2, rates.L1);

    Matrix Velocity(int index, Matrix value)
    {
        if (!velocities.ContainsKey(index)) Prepare(index, value);
        return velocities[index];
    }
}
