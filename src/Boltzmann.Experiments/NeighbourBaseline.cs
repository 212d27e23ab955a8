namespace Boltzmann.Experiments;

/// <summary>
/// Nearest items by the cosine of their ratings' residuals: Σ s r/(Σ |s| + a) over the k items most like the asked one among those that the
/// user rated.
/// </summary>
/// <param name="residuals">What a simpler model leaves of the ratings to learn from.</param>
/// <param name="neighbours">k.</param>
/// <param name="shrinkage">a, a neighbour of residual 0 and this likeness.</param>
sealed class NeighbourBaseline(RatingList residuals, int neighbours, double shrinkage)
{
    readonly ILookup<int, int> byUser = Enumerable.Range(0, residuals.Count).ToLookup(n => residuals.Users[n]),
        byItem = Enumerable.Range(0, residuals.Count).ToLookup(n => residuals.Items[n]);

    readonly double[] lengths = Lengths(residuals);

    /// <summary>Of each asked rating, in their order.</summary>
    public double[] Predictions(RatingList asked)
    {
        var predictions = new double[asked.Count];
        foreach (IGrouping<int, int> of in Enumerable.Range(0, asked.Count).GroupBy(n => asked.Items[n]))
        {
            double[] likeness = Likeness(of.Key);
            foreach (int n in of)
            {
                double sum = 0, weights = shrinkage;
                foreach (int known in byUser[asked.Users[n]].Where(m => likeness[residuals.Items[m]] > 0)
                    .OrderByDescending(m => likeness[residuals.Items[m]]).Take(neighbours))
                {
                    double own = likeness[residuals.Items[known]];
                    sum += own * residuals.Values[known];
                    weights += own;
                }
                predictions[n] = weights == 0 ? 0 : sum / weights;
            }
        }
        return predictions;
    }

    // The cosine of an item's residuals with those of every item, ratings that are not there at 0.
    double[] Likeness(int item)
    {
        var sums = new double[lengths.Length];
        foreach (int own in byItem[item])
            foreach (int n in byUser[residuals.Users[own]])
                sums[residuals.Items[n]] += residuals.Values[own] * residuals.Values[n];
        for (int i = 0; i < sums.Length; i++) sums[i] = sums[i] == 0 ? 0 : sums[i] / (lengths[i] * lengths[item]);
        sums[item] = 0;
        return sums;
    }

    static double[] Lengths(RatingList residuals)
    {
        var squares = new double[residuals.ItemNames.Count];
        for (int n = 0; n < residuals.Count; n++) squares[residuals.Items[n]] += Math.Pow(residuals.Values[n], 2);
        return Array.ConvertAll(squares, Math.Sqrt);
    }
}
