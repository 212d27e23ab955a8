using Boltzmann.Experiments;
using Boltzmann.Ratings;

namespace Boltzmann.Tests.Experiments.Ratings;

/// <summary>Machines of ratings as the experiment learns them, on tables whose truth is known.</summary>
public sealed class RatingLearnerTests
{
    static readonly RatingCandidate items = new("", ByItem: true, RatedFlags.None, 4) { Epochs = 60, Prior = 1, L2 = 0.001 };

    /// <summary>Two tastes are found; with the values dealt out anew nothing is left but the mean.</summary>
    [Fact]
    public void Shuffled_ratings_fall_to_the_mean()
    {
        RatingList all = Tastes(60, 40, seed: 3);
        float[] dealt = [.. all.Values];
        new Rng(5).Shuffle<float>(dealt);
        var (right, mean) = Errors(all);
        var (wrong, wrongMean) = Errors(all with { Values = dealt });
        Assert.True(right < 0.5 * mean, $"{right} of {mean}");
        Assert.True(wrong > 0.97 * wrongMean, $"{wrong} of {wrongMean}");
    }

    [Theory, InlineData(true, "All", 0), InlineData(false, "Training", 0), InlineData(false, "All", 3)]
    public void Predictions_stand_in_the_order_of_the_ratings(bool byItem, string flags, int levels)
    {
        RatingParts parts = RatingParts.ByNumber(Tastes(60, 40, seed: 3));
        LearnedRatings learned = new RatingLearner(parts).Learn(items with
        {
            ByItem = byItem,
            Flags = Enum.Parse<RatedFlags>(flags),
            ResidualLevels = levels,
        }, 1);
        Assert.Equal((parts.Validation.Count, parts.Test.Count), (learned.Validation.Length, learned.Test.Length));
        // Predictions in another order would be no nearer than the mean.
        double mean = MeanBaseline.Of(parts.Training);
        Assert.True(HiddenErrors.Of(learned.Test, parts.Test).Rmse < 0.7 * HiddenErrors.Of(HiddenErrors.Predictions((_, _) => mean,
            parts.Test), parts.Test).Rmse);
        Assert.Equal(learned.Curve.MinBy(p => p.Y).X, learned.Epoch);
        Assert.Equal(HiddenErrors.Of(learned.Validation, parts.Validation).Rmse, learned.Curve.Min(p => p.Y));
    }

    [Fact]
    public void What_was_learned_is_kept_as_numbers()
    {
        var learned = new LearnedRatings(8, 1.5, [1, 2], [3, 4, 5], [new(4, 0.9), new(8, 0.8)]);
        LearnedRatings back = LearnedRatings.From(learned.ToArray());
        Assert.Equal((8, 1.5), (back.Epoch, back.Seconds));
        Assert.Equal(learned.Validation, back.Validation);
        Assert.Equal(learned.Test, back.Test);
        Assert.Equal(learned.Curve, back.Curve);
    }

    [Fact]
    public void Generated_ratings_are_as_many_as_asked_and_follow_tastes()
    {
        RatingTable table = RatingGenerator.Draw(20_000, 200, 500, 7);
        Assert.Equal((20_000, 200, 500), (table.Count, table.Cases, table.Units));
        Assert.InRange(Enumerable.Range(0, 200).Max(table.CountOf), 120, 125);
        double mean = Enumerable.Range(0, 200).SelectMany(u => table.LevelsOf(u).ToArray()).Average(k => RatingGenerator.Values[k]);
        // A quarter meet their taste: (4.25 + 3·2.75)/4, a half star's rounding off.
        Assert.InRange(mean, 2.7, 3.3);
    }

    static (double Machine, double Mean) Errors(RatingList all)
    {
        RatingParts parts = RatingParts.ByNumber(all);
        double mean = MeanBaseline.Of(parts.Training);
        return (HiddenErrors.Of(new RatingLearner(parts).Learn(items, 1).Test, parts.Test).Rmse,
            HiddenErrors.Of(HiddenErrors.Predictions((_, _) => mean, parts.Test), parts.Test).Rmse);
    }

    // Users and items of two tastes, four in five ratings there, in random order: 5 where they meet, else 1.
    static RatingList Tastes(int users, int count, ulong seed)
    {
        var rng = new Rng(seed);
        (int, int, float)[] ratings = [.. from user in Enumerable.Range(0, users) from item in Enumerable.Range(0, count)
            where rng.NextUniform() < 0.8 select (user, item, (user + item) % 2 == 0 ? 5f : 1f)];
        rng.Shuffle<(int, int, float)>(ratings);
        return SmallRatings.Of(users, count, ratings);
    }
}
