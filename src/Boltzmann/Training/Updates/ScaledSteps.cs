using System.Runtime.InteropServices;

namespace Boltzmann.Training;

/// <summary>
/// Optimisers that divide each gradient by the root of what its squares have been, without momentum. Their rule is Adam's with its own
/// decay of squares: nothing is kept of earlier gradients, and nothing is corrected for the start.
/// </summary>
abstract class ScaledSteps
{
    // A time at which β₂ᵗ is 0 for every decay that occurs.
    const long Late = 1L << 50;

    readonly SortedDictionary<int, (Matrix First, Matrix Second)> moments = [];
    readonly List<ParameterUpdate> updates = [];

    public IReadOnlyList<(string Name, Matrix Value)> Memory => [.. moments.Select(m => ($"squares.{m.Key}", m.Value.Second))];

    public void Prepare(int index, Matrix value) =>
        moments[index] = (value.Like(value.Rows, value.Columns), value.Like(value.Rows, value.Columns));

    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates)
    {
        var (first, second) = Moments(index, value);
        value.Update(first, second, gradient, Rule(rates));
    }

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

    /// <summary>The step size, decay of squares and guard of this update.</summary>
    protected abstract (double Rate, double Decay, double Epsilon) At(double learningRate);

    UpdateRule Rule(in StepRates rates)
    {
        var (rate, decay, epsilon) = At(rates.LearningRate);
        return new(rate, 0, rates.L2, rates.L1, IsAdam: true, Beta2: decay, Epsilon: epsilon, Time: Late);
    }

    (Matrix First, Matrix Second) Moments(int index, Matrix value)
    {
        if (!moments.ContainsKey(index)) Prepare(index, value);
        return moments[index];
    }
}
