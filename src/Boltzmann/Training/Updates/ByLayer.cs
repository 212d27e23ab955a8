namespace Boltzmann.Training;

/// <summary>One number for all hidden layers, or one for each from the lowest up, the last one staying.</summary>
/// <param name="values">At least one.</param>
public sealed class ByLayer(params double[] values)
{
    /// <summary>The numbers.</summary>
    public IReadOnlyList<double> Values { get; } = values.Length > 0 ? [.. values]
        : throw new ArgumentException("there is no number", nameof(values));

    /// <summary>The same for every layer.</summary>
    public static implicit operator ByLayer(double value) => new(value);

    /// <summary>The number of a hidden layer, counted from 0.</summary>
    public double At(int hiddenLayer) => Values[Math.Min(hiddenLayer, Values.Count - 1)];
}
