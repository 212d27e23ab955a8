using System.Runtime.InteropServices;

namespace Boltzmann;

/// <summary>
/// AdaGrad (Duchi, Hazan and Singer 2011), uphill: θ ← θ + α·g/(√Σg² + ε), the sum over all gradients so far. Momentum has no meaning here.
/// </summary>
/// <param name="epsilon">Added outside the root; above 0.</param>
public sealed class AdaGrad(double epsilon = 1e-6) : IOptimizer
{
    readonly double epsilon = epsilon > 0 && double.IsFinite(epsilon) ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), $"epsilon must be positive and finite, not {epsilon}");
    readonly SortedDictionary<int, Matrix> squares = [];
    readonly List<ParameterUpdate> updates = [];

    /// <inheritdoc/>
    public string Name => "adagrad";

    /// <inheritdoc/>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [.. squares.Select(s => ($"squares.{s.Key}", s.Value))];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => squares[index] = value.Like(value.Rows, value.Columns);

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates) =>
        value.Update(Squares(index, value), null, gradient, Rule(rates));

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors)
    {
        updates.Clear();
        foreach (ref readonly ParameterStep step in steps)
            updates.Add(new(step.Value, Squares(step.Index, step.Value), null, step.Factors, Rule(step.Rates)));
        Matrix.Update(CollectionsMarshal.AsSpan(updates), factors);
    }

    UpdateRule Rule(in StepRates rates) => new(rates.LearningRate, 0, rates.L2, rates.L1, Epsilon: epsilon, IsAdaGrad: true);

    Matrix Squares(int index, Matrix value)
    {
        if (!squares.ContainsKey(index)) Prepare(index, value);
        return squares[index];
    }
}
