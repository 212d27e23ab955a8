namespace Boltzmann.Experiments;

/// <summary>μ + b_user + b_item by least squares with a ridge on each kind of bias.</summary>
sealed class BiasBaseline
{
    const int Passes = 20;

    readonly double mean;
    readonly double[] ofUser, ofItem;

    /// <param name="ratings">To fit.</param>
    /// <param name="userRidge">Ratings at 0 that each user is credited with.</param>
    /// <param name="itemRidge">The same of items.</param>
    public BiasBaseline(RatingList ratings, double userRidge, double itemRidge)
    {
        mean = MeanBaseline.Of(ratings);
        (ofUser, ofItem) = (new double[ratings.UserNames.Count], new double[ratings.ItemNames.Count]);
        for (int pass = 0; pass < Passes; pass++)
        {
            Fit(ratings, ratings.Items, ofItem, itemRidge);
            Fit(ratings, ratings.Users, ofUser, userRidge);
        }
    }

    /// <summary>What it expects of a rating.</summary>
    public double Expected(int user, int item) => mean + ofUser[user] + ofItem[item];

    /// <summary>The ratings less what it expects of them.</summary>
    public RatingList Residuals(RatingList ratings) => ratings with
    {
        Values = [.. Enumerable.Range(0, ratings.Count).Select(n => (float)(ratings.Values[n] - Expected(ratings.Users[n],
            ratings.Items[n])))],
    };

    void Fit(RatingList ratings, int[] keys, double[] own, double ridge)
    {
        var sums = new double[own.Length];
        var counts = new double[own.Length];
        for (int n = 0; n < ratings.Count; n++)
        {
            sums[keys[n]] += ratings.Values[n] - Expected(ratings.Users[n], ratings.Items[n]) + own[keys[n]];
            counts[keys[n]]++;
        }
        for (int k = 0; k < own.Length; k++) own[k] = counts[k] == 0 ? 0 : sums[k] / (counts[k] + ridge);
    }
}
