namespace Boltzmann.Estimators;

/// <summary>What a grid search found of some settings.</summary>
/// <typeparam name="TSettings">Settings of an estimator, or whatever one is made from.</typeparam>
/// <param name="Settings">The settings.</param>
/// <param name="Scores">How an estimator of these settings does, fold by fold; null where learning diverged.</param>
/// <param name="Failure">Why there are none; null where there are.</param>
public sealed record GridPoint<TSettings>(TSettings Settings, FoldScores? Scores, string? Failure);
