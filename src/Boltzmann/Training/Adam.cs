namespace Boltzmann;

/// <summary>Adam (Kingma and Ba 2015), uphill: steps scaled by running means of the gradient and of its square, both corrected for their start at 0.</summary>
/// <param name="beta2">Decay of the squared gradients.</param>
/// <param name="epsilon">Added outside the root.</param>
public sealed class Adam(double beta2 = 0.999, double epsilon = 1e-8) : IOptimizer
{
    readonly SortedDictionary<int, (Matrix First, Matrix Second)> moments = [];

    /// <inheritdoc/>
    public string Name => "adam";

    /// <summary>t, the number of the current update, counted from 1 (updates, not epochs).</summary>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory =>
        [.. moments.SelectMany(m => new[] { ($"first.{m.Key}", m.Value.First), ($"second.{m.Key}", m.Value.Second) })];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => moments[index] = (value.Like(value.Rows, value.Columns), value.Like(value.Rows, value.Columns));

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates)
    {
        if (!moments.ContainsKey(index)) Prepare(index, value);
        var (first, second) = moments[index];
        value.Update(first, second, gradient,
            new UpdateRule(rates.LearningRate, rates.Momentum, rates.L2, rates.L1, IsAdam: true, Beta2: beta2, Epsilon: epsilon, Time: Time));
    }
}
