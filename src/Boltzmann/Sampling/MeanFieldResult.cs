namespace Boltzmann.Sampling;

/// <summary>How an inference by <see cref="MeanField"/> ended.</summary>
/// <param name="Updates">Sweeps it took; 1 where one update was exact.</param>
/// <param name="Change">The greatest change of a mean in the last sweep; NaN where no tolerance asked for it.</param>
public readonly record struct MeanFieldResult(int Updates, double Change);
