namespace Boltzmann.Evaluation;

/// <summary>A moment of what chains draw, with its error from the autocorrelation time of that very number.</summary>
/// <param name="Unit">Column of a row, from 0; null for a number of the whole state.</param>
/// <param name="Other">The second column of a product; null for none.</param>
/// <param name="Statistic">Its mean over chains and sweeps, with what is known of its error.</param>
public sealed record ChainMoment(int? Unit, int? Other, ChainStatistic Statistic)
{
    /// <summary>"energy", "activity", "mean" (of a unit) or "product" (of two) and so on.</summary>
    public string Name => Statistic.Name;
}
