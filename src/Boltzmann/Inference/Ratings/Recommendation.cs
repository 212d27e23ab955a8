namespace Boltzmann.Ratings;

/// <summary>An item that somebody has not rated.</summary>
/// <param name="Item">Its name.</param>
/// <param name="Rating">E[rating].</param>
/// <param name="Count">How many have rated it.</param>
public sealed record Recommendation(string Item, double Rating, int Count);
