namespace Boltzmann.Experiments;

/// <summary>
/// How well items are ranked for each user who has relevant ones: items that the ranking was told of are no candidates, all others are.
/// </summary>
/// <param name="Gain">nDCG of the first ten: Σ rel/log₂(place + 1) over what it is at best.</param>
/// <param name="Precision">Share of the first ten that are relevant.</param>
/// <param name="Recall">Share of the relevant ones that are among the first twenty.</param>
sealed record RankingScores(Score Gain, Score Precision, Score Recall)
{
    /// <summary>A rating from which on an item is relevant, or liked.</summary>
    public const float Liked = 4;

    const int Short = 10, Long = 20;

    /// <summary>Scores of a ranking.</summary>
    /// <param name="scoresOf">The score of every item for a user; what is asked first ranks first among equals.</param>
    /// <param name="told">Ratings that the ranking was told of.</param>
    /// <param name="test">Ratings set aside, of which those from <see cref="Liked"/> on are relevant.</param>
    public static RankingScores Of(Func<int, double[]> scoresOf, RatingList told, RatingList test)
    {
        ILookup<int, int> known = Enumerable.Range(0, told.Count).ToLookup(n => told.Users[n], n => told.Items[n]);
        List<double> gains = [], precisions = [], recalls = [];
        foreach (IGrouping<int, int> own in Enumerable.Range(0, test.Count).Where(n => test.Values[n] >= Liked)
            .GroupBy(n => test.Users[n], n => test.Items[n]))
        {
            HashSet<int> relevant = [.. own], seen = [.. known[own.Key]];
            double[] scores = scoresOf(own.Key);
            bool[] hits = [.. Enumerable.Range(0, scores.Length).Where(i => !seen.Contains(i)).OrderByDescending(i => scores[i]).Take(Long)
                .Select(relevant.Contains)];
            gains.Add(hits.Take(Short).Select((hit, place) => hit ? Discount(place) : 0).Sum()
                / Enumerable.Range(0, Math.Min(Short, relevant.Count)).Sum(Discount));
            precisions.Add(hits.Take(Short).Count(hit => hit) / (double)Short);
            recalls.Add(hits.Count(hit => hit) / (double)relevant.Count);
        }
        return new(new(gains), new(precisions), new(recalls));
    }

    static double Discount(int place) => 1 / Math.Log2(place + 2);
}
