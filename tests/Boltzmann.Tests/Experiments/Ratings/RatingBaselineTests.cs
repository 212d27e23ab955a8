using Boltzmann.Experiments;
using Boltzmann.Ratings;

namespace Boltzmann.Tests.Experiments.Ratings;

/// <summary>Plain methods on tables whose answers are reckoned by hand.</summary>
public sealed class RatingBaselineTests
{
    [Fact]
    public void Means_are_shrunk_towards_the_mean_of_all()
    {
        RatingList ratings = SmallRatings.Of(3, 2, (0, 0, 5), (0, 1, 4), (1, 0, 3));
        Assert.Equal(4, MeanBaseline.Of(ratings));
        Assert.Equal([4.5, 3, 4], MeanBaseline.Of(ratings, ratings.Users, 3, 0));
        // (5 + 4 + 2·4)/4 and (3 + 2·4)/3.
        Assert.Equal([4.25, 11 / 3.0, 4], MeanBaseline.Of(ratings, ratings.Users, 3, 2));
    }

    /// <summary>The normal equations of the ridge: each bias is the mean residual without it, shrunk.</summary>
    [Fact]
    public void Biases_are_those_of_least_squares()
    {
        RatingList ratings = SmallRatings.Of(2, 2, (0, 0, 5), (0, 1, 3), (1, 0, 4));
        var biases = new BiasBaseline(ratings, userRidge: 1, itemRidge: 3);
        // By hand: u0 = (1 − 1 − i0 − i1)/3, u1 = −i0/2, i0 = (1 − u0 − u1)/5, i1 = (−1 − u0)/4.
        // Substituted: u0 = −(i0 + i1)/3; 5·i0 = 1 + (i0 + i1)/3 + i0/2; 4·i1 = −1 + (i0 + i1)/3,
        // so 25·i0 − 2·i1 = 6 and 11·i1 − i0 = −3: i0 = 60/273, i1 = −69/273.
        double i0 = 60 / 273.0, i1 = -69 / 273.0, u0 = -(i0 + i1) / 3, u1 = -i0 / 2;
        Assert.Equal(4 + u0 + i0, biases.Expected(0, 0), 1e-9);
        Assert.Equal(4 + u1 + i1, biases.Expected(1, 1), 1e-9);
        Assert.Equal((float)(5 - 4 - u0 - i0), biases.Residuals(ratings).Values[0], 1e-6f);
    }

    /// <summary>One rating r and one factor: p² = q² = r − λ is the least of (r − pq)² + λ(p² + q²).</summary>
    [Fact]
    public void Factors_are_those_of_the_ridge()
    {
        var factors = new FactorBaseline(SmallRatings.Of(2, 2, (0, 0, 3)), 1, ridge: 0.5, sweeps: 200, seed: 1);
        Assert.Equal(2.5, factors.Expected(0, 0), 1e-9);
        Assert.Equal((0.0, 0.0), (factors.Expected(1, 0), factors.Expected(0, 1)));
    }

    [Fact]
    public void Neighbours_are_weighted_by_their_cosine()
    {
        // Item 0 and 1 were rated by users 0 and 1, item 2 by user 0 alone; user 2 rated 1 and 2 and is asked about 0.
        RatingList residuals = SmallRatings.Of(3, 3, (0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1), (0, 2, 1), (2, 1, 1), (2, 2, -2));
        RatingList asked = SmallRatings.Of(3, 3, (2, 0, 0));
        double first = 2 / Math.Sqrt(2 * 3), second = 1 / Math.Sqrt(2 * 5);
        Assert.Equal((first - 2 * second) / (first + second), new NeighbourBaseline(residuals, 30, 0).Predictions(asked)[0], 1e-6);
        Assert.Equal(first / (first + 0.5), new NeighbourBaseline(residuals, 1, 0.5).Predictions(asked)[0], 1e-6);
    }

    [Fact]
    public void Mixtures_find_the_weights_that_made_the_ratings()
    {
        double[] a = [1, 2, 3, 5], b = [2, -1, 0, 1];
        RatingList ratings = SmallRatings.Of(4, 1, [.. a.Select((x, n) => (n, 0, (float)(0.5 * x - 2 * b[n] + 3)))]);
        var mixture = new RatingMixture([a, b], ratings);
        Assert.Equal([0.5, -2, 3], mixture.Weights.Select(w => Math.Round(w, 5)));
        Assert.Equal(3.5 - 4, mixture.Predictions([[1.0], [2.0]])[0], 1e-5);
    }

    [Fact]
    public void Errors_are_root_mean_squares_and_means_of_distances()
    {
        HiddenErrors errors = HiddenErrors.Of([1, 5], SmallRatings.Of(2, 1, (0, 0, 4), (1, 0, 1)));
        Assert.Equal((Math.Sqrt(12.5), 3.5), (errors.Rmse, errors.Mae));
    }

    [Fact]
    public void Levels_hold_as_many_numbers_each_and_are_worth_their_mean()
    {
        var levels = new RatingLevels([3, -1, 0, 1, 5, -3], 3);
        Assert.Equal([-2.0, 0.5, 4], levels.Values);
        Assert.Equal([-2f, 0.5f, 4, 4], levels.Of(SmallRatings.Of(4, 1, (0, 0, -9), (1, 0, 1), (2, 0, 1.1f), (3, 0, 9))).Values);
        Assert.Equal([1.0, 2], new RatingLevels([1, 1, 1, 2], 3).Values);
    }

    [Fact]
    public void Parts_are_by_number_or_by_each_users_time()
    {
        RatingList all = SmallRatings.Of(2, 20, [.. Enumerable.Range(0, 20).Select(n => (n % 2, n, n + 0f))]);
        RatingParts parts = RatingParts.ByNumber(all);
        Assert.Equal((16, "1 11", "0 10"), (parts.Training.Count, string.Join(' ', parts.Validation.Values),
            string.Join(' ', parts.Test.Values)));
        var (before, last) = RatingParts.ByTime(all with { Times = [.. all.Times!.Select(t => -t)] }, 0.2);
        Assert.Equal((16, "0 1 2 3"), (before.Count, string.Join(' ', last.Values)));
    }
}
