namespace Boltzmann.Experiments;

/// <summary>Plain rankings of items for a user.</summary>
static class RankingBaselines
{
    /// <summary>How many have each item, the same for all users.</summary>
    public static Func<int, double[]> Popularity(RatingList ratings)
    {
        double[] counts = Counts(ratings);
        return _ => counts;
    }

    /// <summary>
    /// Σ_j n_ij/√(n_i n_j) over the user's own items j, n_ij how many have both: the sum of cosines of co-occurrence.
    /// </summary>
    public static Func<int, double[]> Neighbours(RatingList ratings)
    {
        double[] counts = Counts(ratings);
        ILookup<int, int> itemsOf = Enumerable.Range(0, ratings.Count).ToLookup(n => ratings.Users[n], n => ratings.Items[n]),
            usersOf = Enumerable.Range(0, ratings.Count).ToLookup(n => ratings.Items[n], n => ratings.Users[n]);
        return user =>
        {
            // By way of those who have both.
            var shared = new double[ratings.UserNames.Count];
            foreach (int item in itemsOf[user])
                foreach (int other in usersOf[item]) shared[other] += 1 / Math.Sqrt(counts[item]);
            return [.. counts.Select((count, i) => count == 0 ? 0 : usersOf[i].Sum(other => shared[other]) / Math.Sqrt(count))];
        };
    }

    static double[] Counts(RatingList ratings)
    {
        var counts = new double[ratings.ItemNames.Count];
        foreach (int item in ratings.Items) counts[item]++;
        return counts;
    }
}
