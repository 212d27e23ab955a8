namespace Boltzmann.Experiments;

/// <summary>
/// Means as predictions of ratings, each shrunk towards the mean of all: (Σ r + a·μ)/(n + a); μ where there is no rating.
/// </summary>
static class MeanBaseline
{
    /// <summary>The mean of all ratings.</summary>
    public static double Of(RatingList ratings) => ratings.Values.Average(x => (double)x);

    /// <summary>The mean of each user's ratings, or of each item's.</summary>
    /// <param name="ratings">Of whom.</param>
    /// <param name="keys">Its users, or its items.</param>
    /// <param name="count">How many of those there are.</param>
    /// <param name="prior">a, ratings at μ that each is credited with.</param>
    public static double[] Of(RatingList ratings, int[] keys, int count, double prior)
    {
        double mean = Of(ratings);
        var sums = new double[count];
        var counts = new double[count];
        for (int n = 0; n < ratings.Count; n++)
        {
            sums[keys[n]] += ratings.Values[n];
            counts[keys[n]]++;
        }
        return [.. sums.Select((sum, k) => counts[k] + prior == 0 ? mean : (sum + prior * mean) / (counts[k] + prior))];
    }
}
