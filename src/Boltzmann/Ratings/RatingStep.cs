namespace Boltzmann.Ratings;

/// <summary>The numbers of one update.</summary>
/// <param name="Rate">Step size.</param>
/// <param name="Momentum">Share of the step before.</param>
/// <param name="Decay">Weight decay: a step also takes rate·decay of each weight away.</param>
readonly record struct RatingStep(float Rate, float Momentum, float Decay);
