namespace Boltzmann.Ratings;

/// <summary>
/// The plain model that a machine of ratings must beat: a rating is the mean of all, plus how far its user and its item lie from it, each
/// shrunk by so many ratings at 0.
/// </summary>
public sealed class RatingBiases
{
    const int Passes = 10;

    readonly double mean;
    readonly double[] ofUser, ofItem;

    RatingBiases(double mean, double[] ofUser, double[] ofItem) => (this.mean, this.ofUser, this.ofItem) = (mean, ofUser, ofItem);

    /// <summary>Least squares by turns, from zeros.</summary>
    /// <param name="ratings">To fit.</param>
    /// <param name="userPrior">Ratings at 0 that each user is credited with.</param>
    /// <param name="itemPrior">Of each item.</param>
    public static RatingBiases Of(RatingList ratings, double userPrior = 1, double itemPrior = 3)
    {
        double mean = ratings.Values.Average(x => (double)x);
        var biases = new RatingBiases(mean, new double[ratings.UserNames.Count], new double[ratings.ItemNames.Count]);
        for (int pass = 0; pass < Passes; pass++)
        {
            biases.Fit(ratings, ratings.Items, biases.ofItem, itemPrior);
            biases.Fit(ratings, ratings.Users, biases.ofUser, userPrior);
        }
        return biases;
    }

    /// <summary>
    /// What the model of some ratings expects of others, whose users and items may have other numbers; what is NaN in a list beside stays
    /// so, that both are judged by the same ratings.
    /// </summary>
    public static double[] Expected(RatingList known, RatingList asked, double[] beside)
    {
        RatingBiases biases = Of(known);
        var users = known.UserNames.Index().ToDictionary(u => u.Item, u => u.Index, StringComparer.Ordinal);
        var items = known.ItemNames.Index().ToDictionary(i => i.Item, i => i.Index, StringComparer.Ordinal);
        return [.. Enumerable.Range(0, asked.Count).Select(n => double.IsNaN(beside[n]) ? double.NaN : biases.mean
            + (users.TryGetValue(asked.UserNames[asked.Users[n]], out int u) ? biases.ofUser[u] : 0)
            + (items.TryGetValue(asked.ItemNames[asked.Items[n]], out int i) ? biases.ofItem[i] : 0))];
    }

    /// <summary>What it expects of a rating.</summary>
    public double Expected(int user, int item) => mean + ofUser[user] + ofItem[item];

    void Fit(RatingList ratings, int[] keys, double[] own, double prior)
    {
        var sums = new double[own.Length];
        var counts = new double[own.Length];
        for (int n = 0; n < ratings.Count; n++)
        {
            sums[keys[n]] += ratings.Values[n] - Expected(ratings.Users[n], ratings.Items[n]) + own[keys[n]];
            counts[keys[n]]++;
        }
        for (int k = 0; k < own.Length; k++) own[k] = counts[k] == 0 ? 0 : sums[k] / (counts[k] + prior);
    }
}
