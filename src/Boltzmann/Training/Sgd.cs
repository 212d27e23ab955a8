namespace Boltzmann;

/// <summary>Stochastic gradient ascent with momentum: Δ ← m·Δ + lr·g; θ ← θ + Δ. (Not Δ ← lr·(m·Δ + g), whose momentum is lr·m, almost none.)</summary>
public sealed class Sgd : IOptimizer
{
    readonly SortedDictionary<int, Matrix> velocities = [];

    /// <inheritdoc/>
    public string Name => "sgd";

    /// <inheritdoc/>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [.. velocities.Select(v => ($"velocity.{v.Key}", v.Value))];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => velocities[index] = value.Like(value.Rows, value.Columns);

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates)
    {
        if (!velocities.ContainsKey(index)) Prepare(index, value);
        value.Update(velocities[index], null, gradient, new UpdateRule(rates.LearningRate, rates.Momentum, rates.L2, rates.L1));
    }
}
