using Boltzmann.Experiments;
using Boltzmann.Models;
using Boltzmann.Ratings;

namespace Boltzmann.Tests.Experiments.Ratings;

/// <summary>Rankings on tables that can be reckoned by hand, and what a leak would show.</summary>
public sealed class RankingTests
{
    static readonly RatingList told = SmallRatings.Of(3, 5, (0, 0, 5), (0, 1, 4), (1, 0, 5), (1, 2, 5), (2, 1, 5), (2, 3, 2));

    [Fact]
    public void Scores_are_those_of_the_definition()
    {
        // User 0 has items 0 and 1; among 2, 3, 4 the ranking is 4, 2, 3; relevant are 2 and 3, 4 is rated too low.
        RatingList test = SmallRatings.Of(3, 5, (0, 2, 4), (0, 3, 5), (0, 4, 3.5f));
        RankingScores scores = RankingScores.Of(_ => [9, 9, 2, 1, 3], told, test);
        Assert.Equal((1 / Math.Log2(3) + 1 / Math.Log2(4)) / (1 + 1 / Math.Log2(3)), scores.Gain.Mean, 1e-12);
        Assert.Equal((0.2, 1.0), (scores.Precision.Mean, scores.Recall.Mean));
        Assert.Single(scores.Gain.PerRow);
    }

    [Fact]
    public void Only_the_first_places_count()
    {
        RatingList none = SmallRatings.Of(1, 30), test = SmallRatings.Of(1, 30, (0, 9, 5), (0, 15, 5), (0, 25, 5));
        RankingScores scores = RankingScores.Of(_ => [.. Enumerable.Range(0, 30).Select(i => (double)-i)], none, test);
        Assert.Equal((0.1, 2 / 3.0), (scores.Precision.Mean, scores.Recall.Mean));
    }

    /// <summary>A ranking that is told of the test ratings finds none of them among its candidates, however it was learned.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Told_of_the_test_nothing_is_found(bool byItem)
    {
        RatingList all = Tastes(30, 20), test = all.Where(n => n % 5 == 0), before = all.Where(n => n % 5 > 0);
        var plan = new RankingPlan(OfLikes: false, byItem, 4);
        Assert.True(ScoresOf(plan, before, test).Gain.Mean > 0);
        RankingScores leak = ScoresOf(plan, all, test);
        Assert.Equal((0.0, 0.0, 0.0), (leak.Gain.Mean, leak.Precision.Mean, leak.Recall.Mean));
    }

    [Fact]
    public void Popularity_counts_and_neighbours_add_cosines()
    {
        Assert.Equal([2.0, 2, 1, 1, 0], RankingBaselines.Popularity(told)(0));
        // Of user 0, who has 0 and 1, both had by two: item 2 shares user 1 with item 0, item 3 user 2 with item 1.
        double[] scores = RankingBaselines.Neighbours(told)(0);
        Assert.Equal([1 / Math.Sqrt(2), 1 / Math.Sqrt(2), 0], scores[2..].Select(x => x), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(1 + 0.5, scores[0], 1e-12);
    }

    /// <summary>p(v_i = 1 | h̄) of the machine's own parameters.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Machines_rank_by_the_mean_field_probability(bool byItem)
    {
        var machine = new RankingMachine(new RankingPlan(false, byItem, 3), told, Placement.Default);
        machine.Learn(20, 1);
        Rbm rbm = machine.Machine;
        double[] bias = rbm.Visible.Parameters[0].Value.ReadRow(0), hiddenBias = rbm.Hidden.Parameters[0].Value.ReadRow(0);
        int row = 1, unit = 2;
        double input = bias[unit];
        for (int j = 0; j < 3; j++)
        {
            double own = hiddenBias[j];
            for (int n = 0; n < told.Count; n++)
            {
                var (of, v) = byItem ? (told.Items[n], told.Users[n]) : (told.Users[n], told.Items[n]);
                if (of == row) own += rbm.Weights[v, j];
            }
            input += rbm.Weights[unit, j] / (1 + Math.Exp(-own));
        }
        double score = byItem ? machine.Scores()(unit)[row] : machine.Scores()(row)[unit];
        Assert.Equal(1 / (1 + Math.Exp(-input)), score, 1e-5);
    }

    [Fact]
    public void Every_epoch_is_learned()
    {
        var machine = new RankingMachine(new RankingPlan(false, false, 3), told, Placement.Default);
        var seen = new List<double>();
        machine.Learn(4, 1, _ => seen.Add(machine.Machine.Weights[0, 0]));
        Assert.Equal(4, seen.Distinct().Count());
    }

    static RankingScores ScoresOf(RankingPlan plan, RatingList toldOf, RatingList test)
    {
        var machine = new RankingMachine(plan, toldOf, Placement.Default);
        machine.Learn(10, 1);
        return RankingScores.Of(machine.Scores(), toldOf, test);
    }

    static RatingList Tastes(int users, int items) => SmallRatings.Of(users, items, [.. from user in Enumerable.Range(0, users)
        from item in Enumerable.Range(0, items) where (user + item) % 2 == 0 select (user, item, 5f)]);
}
