using Boltzmann.Ratings;

namespace Boltzmann.Tests.Experiments.Ratings;

/// <summary>Tables of ratings that can be reckoned by hand.</summary>
static class SmallRatings
{
    /// <summary>Ratings as (user, item, value), users and items by number.</summary>
    public static RatingList Of(int users, int items, params (int User, int Item, float Value)[] ratings) =>
        new("small", [.. ratings.Select(r => r.User)], [.. ratings.Select(r => r.Item)], [.. ratings.Select(r => r.Value)],
            [.. ratings.Select((_, n) => (double)n)], [.. Enumerable.Range(0, users).Select(u => $"u{u}")],
            [.. Enumerable.Range(0, items).Select(i => $"i{i}")]);
}
