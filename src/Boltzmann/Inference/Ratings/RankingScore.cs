namespace Boltzmann.Ratings;

/// <summary>
/// How well a machine puts first what a user goes on to like, among all items that the user has not rated (no sample of them): the mean
/// over users who rated something they liked. nDCG@10 = Σ_i 1/log₂(1 + rank) over the first ten, over its greatest value (Järvelin and
/// Kekäläinen 2002).
/// </summary>
/// <param name="Users">Users with something relevant.</param>
/// <param name="Ndcg">nDCG@10.</param>
/// <param name="Precision">Share of the first ten that are relevant.</param>
/// <param name="Recall">Share of the relevant ones among the first twenty.</param>
public sealed record RankingScore(int Users, double Ndcg, double Precision, double Recall)
{
    const int First = 10, FirstOfRecall = 20;

    // So many users' candidates are in memory at a time.
    const int UsersAtOnce = 50;

    /// <summary>The same of the most rated items, for everybody the same but for what each has rated.</summary>
    public RankingScore Popularity { get; private init; } = null!;

    /// <summary>Ranks the items for each user.</summary>
    /// <param name="trained">The machine.</param>
    /// <param name="known">What it is told; these items are no candidates.</param>
    /// <param name="wanted">What users rated afterwards.</param>
    /// <param name="relevant">The rating from which on an item is relevant.</param>
    /// <param name="rated">Pairs known to be rated; null for none.</param>
    /// <param name="threads">Threads; 0 for all cores.</param>
    /// <exception cref="BadInputException">Nobody rated anything so high.</exception>
    public static RankingScore Of(TrainedRatings trained, RatingList known, RatingList wanted, double relevant, RatingList? rated = null,
        int threads = 0)
    {
        var items = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in known.ItemNames.Concat(wanted.ItemNames)) items.TryAdd(name, items.Count);
        string[] names = [.. items.Keys];
        Dictionary<string, HashSet<int>> seen = ByUser(known, _ => true), liked = ByUser(wanted, n => wanted.Values[n] >= relevant);
        string[] users = [.. liked.Keys.Where(user => liked[user].Except(seen.GetValueOrDefault(user, [])).Any())];
        if (users.Length == 0) throw new BadInputException($"{wanted.Source}: no user rated anything new {relevant} or more");
        var counts = new double[names.Length];
        foreach (int item in known.Items) counts[items[known.ItemNames[item]]]++;
        Totals own = new(), popular = new();
        foreach (string[] some in users.Chunk(UsersAtOnce))
        {
            int[][] candidates = [.. some.Select(user => seen.TryGetValue(user, out HashSet<int>? rated)
                ? Enumerable.Range(0, names.Length).Where(i => !rated.Contains(i)).ToArray() : [.. Enumerable.Range(0, names.Length)])];
            var pairs = new RatingList(wanted.Source, [.. candidates.SelectMany((own, u) => Enumerable.Repeat(u, own.Length))],
                [.. candidates.SelectMany(own => own)], new float[candidates.Sum(own => own.Length)], null, some, names);
            double[] expected = trained.Predict(known, pairs, rated, threads);
            for (int u = 0, first = 0; u < some.Length; first += candidates[u++].Length)
            {
                own.Add(candidates[u], expected[first..(first + candidates[u].Length)], liked[some[u]]);
                popular.Add(candidates[u], [.. candidates[u].Select(i => counts[i])], liked[some[u]]);
            }
        }
        return own.Mean() with { Popularity = popular.Mean() };

        Dictionary<string, HashSet<int>> ByUser(RatingList list, Func<int, bool> counts) => Enumerable.Range(0, list.Count).Where(counts)
            .GroupBy(n => list.UserNames[list.Users[n]]).ToDictionary(g => g.Key,
                g => g.Select(n => items[list.ItemNames[list.Items[n]]]).ToHashSet(), StringComparer.Ordinal);
    }

    sealed class Totals
    {
        int users;
        double ndcg, precision, recall;

        public void Add(int[] candidates, double[] scores, HashSet<int> liked)
        {
            int[] order = [.. Enumerable.Range(0, candidates.Length).Where(i => !double.IsNaN(scores[i])).OrderByDescending(i => scores[i])
                .Take(FirstOfRecall).Select(i => candidates[i])];
            int relevant = candidates.Count(liked.Contains);
            double gain = 0, most = 0;
            for (int i = 0; i < First; i++)
            {
                double discount = 1 / Math.Log2(i + 2);
                if (i < relevant) most += discount;
                if (i < order.Length && liked.Contains(order[i])) gain += discount;
            }
            ndcg += gain / most;
            precision += order.Take(First).Count(liked.Contains) / (double)First;
            recall += order.Count(liked.Contains) / (double)relevant;
            users++;
        }

        public RankingScore Mean() => new(users, ndcg / users, precision / users, recall / users);
    }
}
