namespace Boltzmann.Experiments;

/// <summary>Films ranked for each user: plain rankings, and a machine chosen by the last fifth of what is learned from.</summary>
/// <param name="context">How the experiment was asked for.</param>
/// <param name="kept">What has been measured.</param>
/// <param name="all">The ratings.</param>
sealed class RankingComparison(ExperimentContext context, Measurements kept, RatingList all)
{
    const double TestShare = 0.2;
    const int MostEpochs = 40, Every = 5;

    /// <summary>What was tried before the machine was chosen.</summary>
    public TextTable Tried { get; } = new("tried", "best epoch", "validation nDCG@10");

    /// <summary>The machine with users as rows and films as units that validation prefers, learned by the first seed.</summary>
    public RankingMachine? OfFilms { get; private set; }

    /// <summary>The rankings.</summary>
    public TextTable Run()
    {
        var (before, test) = RatingParts.ByTime(all, TestShare);
        var (earlier, later) = RatingParts.ByTime(before, TestShare);
        var table = new TextTable("", "nDCG@10", "precision@10", "recall@20");
        Add("most rated", RankingBaselines.Popularity(before));
        Add("most liked", RankingBaselines.Popularity(Likes(before)));
        Add("item neighbours, of seen films", RankingBaselines.Neighbours(before));
        Add("item neighbours, of liked films", RankingBaselines.Neighbours(Likes(before)));
        (RankingPlan Plan, int Epochs, double Gain)[] tried = [.. Plans().Select(plan =>
        {
            double[] gains = kept.Once($"ranking, {plan}", () => Gains(plan, earlier, later));
            int best = Array.IndexOf(gains, gains.Max());
            Tried.Add(plan.Label, $"{(best + 1) * Every}", $"{gains[best]:F4}");
            return (plan, (best + 1) * Every, gains[best]);
        })];
        // The best with films as rows, and the best with users as rows, whose units tell what was learned of films.
        foreach (var (plan, epochs, _) in tried.GroupBy(one => one.Plan.ByItem).OrderByDescending(same => same.Key)
            .Select(same => same.MaxBy(one => one.Gain)))
        {
            double[] scores = kept.Once($"ranking, {plan}, {epochs} epochs", () => [.. Seeds().SelectMany(seed =>
                Numbers(RankingScores.Of(Learned(plan, before, epochs, seed).Scores(), before, test)))]);
            string[] cells = [.. Enumerable.Range(0, 3).Select(i => WithError([.. scores.Where((_, n) => n % 3 == i)]))];
            table.Add([$"{plan.Label}, {epochs} epochs", .. cells]);
            context.Found($"nDCG@10, {plan.Label}", scores.Where((_, n) => n % 3 == 0).Average());
            if (plan.ByItem) continue;
            OfFilms = Learned(plan, before, epochs, context.Seed);
            // The leak: told of what it is asked, it has no candidates left that are right.
            RankingScores leak = RankingScores.Of(Learned(plan, all, Every, context.Seed).Scores(), all, test);
            table.Add("the same, told of the test ratings (must be 0)", $"{leak.Gain.Mean:F4}", $"{leak.Precision.Mean:F4}",
                $"{leak.Recall.Mean:F4}");
        }
        return table;

        void Add(string name, Func<int, double[]> scoresOf)
        {
            RankingScores scores = RankingScores.Of(scoresOf, before, test);
            table.Add(name, $"{scores.Gain.Mean:F4}", $"{scores.Precision.Mean:F4}", $"{scores.Recall.Mean:F4}");
            context.Found($"nDCG@10, {name}", scores.Gain.Mean);
        }
    }

    // Of every few epochs, judged on what each user rated later.
    double[] Gains(RankingPlan plan, RatingList earlier, RatingList later)
    {
        var machine = new RankingMachine(plan, plan.OfLikes ? Likes(earlier) : earlier, context.Placement);
        var gains = new List<double>();
        machine.Learn(context.Quick ? Every : MostEpochs, context.Seed, epoch =>
        {
            if (epoch % Every == 0) gains.Add(RankingScores.Of(machine.Scores(), earlier, later).Gain.Mean);
        }, context.Interrupted);
        context.Say($"{plan.Label}: validation nDCG@10 {string.Join(' ', gains.Select(gain => $"{gain:F4}"))}");
        return [.. gains];
    }

    RankingMachine Learned(RankingPlan plan, RatingList told, int epochs, ulong seed)
    {
        var machine = new RankingMachine(plan, plan.OfLikes ? Likes(told) : told, context.Placement);
        machine.Learn(epochs, seed, cancellation: context.Interrupted);
        return machine;
    }

    IEnumerable<ulong> Seeds() => Enumerable.Range(0, context.Quick ? 1 : 3).Select(s => context.Seed + (ulong)s);

    IEnumerable<RankingPlan> Plans() => context.Quick ? [new(false, true, 20), new(false, false, 20)]
        : from byItem in (bool[])[false, true]
          from likes in (bool[])[false, true]
          select new RankingPlan(likes, byItem, 100);

    static RatingList Likes(RatingList ratings) => ratings.Where(n => ratings.Values[n] >= RankingScores.Liked);

    static double[] Numbers(RankingScores scores) => [scores.Gain.Mean, scores.Precision.Mean, scores.Recall.Mean];

    static string WithError(double[] values) => values.Length < 2 ? $"{values[0]:F4}"
        : $"{new Score(values).Mean:F4} ± {new Score(values).StandardError:F4}";
}
