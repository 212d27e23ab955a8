namespace Boltzmann.Estimators;

/// <summary>What a grid search found.</summary>
/// <typeparam name="TSettings">Settings of an estimator, or whatever one is made from.</typeparam>
/// <param name="Points">All that were tried, in the order in which they were given.</param>
public sealed record GridResult<TSettings>(IReadOnlyList<GridPoint<TSettings>> Points)
{
    /// <summary>The one with the greatest mean score; of equal ones the first.</summary>
    public GridPoint<TSettings> Best => Points.Where(point => point.Scores is not null).MaxBy(point => point.Scores!.Mean)!;
}
