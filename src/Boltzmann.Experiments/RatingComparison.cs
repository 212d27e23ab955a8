namespace Boltzmann.Experiments;

/// <summary>Predictions of hidden ratings by plain methods and by machines, whose settings validation chooses.</summary>
/// <param name="context">How the experiment was asked for.</param>
/// <param name="kept">What has been measured.</param>
/// <param name="parts">The ratings.</param>
sealed class RatingComparison(ExperimentContext context, Measurements kept, RatingParts parts)
{
    readonly List<ChartSeries> curves = [];

    /// <summary>RMSE of validation over epochs.</summary>
    public IReadOnlyList<ChartSeries> Curves => curves;

    /// <summary>What was tried before the settings were chosen.</summary>
    public TextTable Tried { get; } = new("tried", "hidden units", "L2", "best epoch", "validation RMSE");

    /// <summary>Those whose errors are looked at by groups.</summary>
    public IReadOnlyList<RatingResult> Grouped { get; private set; } = [];

    /// <summary>Every way, in the order of the table.</summary>
    public IReadOnlyList<RatingResult> Run()
    {
        List<RatingResult> all = [.. new RatingBaselines(parts, context.Seed).All()];
        RatingResult factors = all[^2], neighbours = all[^1];
        RatingCandidate item = Chosen(ItemCandidates()), user = Chosen(UserCandidates(0)), ofResiduals = Chosen(UserCandidates(3));
        all.Add(Learned(item with { Label = "films as cases, without D", Flags = RatedFlags.None }));
        RatingResult told = Learned(item with { Label = "films as cases, D knows the training ratings", Flags = RatedFlags.Training });
        all.Add(told);
        RatingResult byItem = Learned(item), byUser = Learned(user), byResidual = Learned(ofResiduals);
        all.AddRange([byItem, byItem.OverSeeds("the mean of its machines"), byUser, byResidual]);
        all.Add(RatingResult.Mean("hybrid: the mean of films as cases and users as cases on residuals", byItem, byResidual));
        all.Add(RatingResult.Mixed("hybrid, weights by validation", parts.Validation, byItem, byUser, byResidual));
        all.Add(RatingResult.Mixed("mixed: films as cases and matrix factorisation, weights by validation", parts.Validation, byItem,
            factors));
        all.Add(RatingResult.Mixed("the same, D knowing the training ratings only", parts.Validation, told, factors));
        all.Add(RatingResult.Mixed("mixed: the mean of the machines, matrix factorisation and neighbours, weights by validation",
            parts.Validation, byItem.OverSeeds(""), byResidual.OverSeeds(""), factors, neighbours));
        Grouped = [all[3] with { Name = "biases" }, factors with { Name = "matrix factorisation" }, neighbours with { Name = "neighbours" },
            byItem with { Name = "films as cases, D told all" }, all[^1] with { Name = "mixed, all of them" }];
        foreach (RatingResult way in all)
            context.Found($"test RMSE, {way.Name}", way.Test.Average(test => HiddenErrors.Of(test, parts.Test).Rmse));
        return all;
    }

    RatingCandidate Chosen(IEnumerable<RatingCandidate> candidates)
    {
        RatingCandidate[] some = [.. context.Quick ? candidates.Take(1) : candidates];
        RatingCandidate best = some.MinBy(candidate =>
        {
            LearnedRatings one = LearnedOf(candidate, 0);
            double error = HiddenErrors.Of(one.Validation, parts.Validation).Rmse;
            Tried.Add(candidate.Label, $"{candidate.Hidden}", $"{candidate.L2}", $"{one.Epoch}", $"{error:F4}");
            return error;
        })!;
        curves.Add(new(best.ByItem ? "films as cases" : best.ResidualLevels > 0 ? "users as cases, residuals" : "users as cases",
            LearnedOf(best, 0).Curve));
        return best;
    }

    RatingResult Learned(RatingCandidate candidate)
    {
        LearnedRatings[] seeds = [.. Enumerable.Range(0, context.Quick ? 1 : 3).Select(s => LearnedOf(candidate, s))];
        return new(candidate.Label, [.. seeds.Select(one => one.Validation)], [.. seeds.Select(one => one.Test)],
            seeds.Average(one => one.Seconds));
    }

    LearnedRatings LearnedOf(RatingCandidate candidate, int number)
    {
        RatingCandidate asked = context.Quick ? candidate with { Epochs = 2, Every = 1 } : candidate;
        ulong seed = context.Seed + (ulong)number;
        return LearnedRatings.From(kept.Once($"{asked with { Label = "" }}, {seed}", () =>
        {
            LearnedRatings learned = new RatingLearner(parts).Learn(asked, seed, context.Interrupted);
            context.Say($"{candidate.Label}, {candidate.Hidden} hidden, L2 {candidate.L2}, seed {seed}: epoch {learned.Epoch}, validation "
                + $"{HiddenErrors.Of(learned.Validation, parts.Validation).Rmse:F4}, {learned.Seconds:F1} s");
            return learned.ToArray();
        }));
    }

    static IEnumerable<RatingCandidate> ItemCandidates() =>
        from hidden in (int[])[100, 50, 200]
        from l2 in (double[])[0.005, 0.003, 0.007]
        select new RatingCandidate("films as cases, D knows also which ratings are hidden", true, RatedFlags.All, hidden)
        {
            Epochs = 60,
            L2 = l2,
            Prior = 5,
        };

    // With some hundred cases and ten thousand units of a few ratings each, gradients are those of the whole batch, as good as.
    static IEnumerable<RatingCandidate> UserCandidates(int levels) =>
        from hidden in (int[])[50, 20]
        from l2 in (double[])[0.002, 0.005]
        select new RatingCandidate(levels == 0 ? "users as cases, D knows also which ratings are hidden"
            : $"users as cases, D, on residuals of the biases in {levels} levels", false, RatedFlags.All, hidden)
        {
            Epochs = 60,
            L2 = l2,
            LearningRate = levels == 0 ? 2 : 1,
            Prior = 1000,
            ResidualLevels = levels,
        };
}
