namespace Boltzmann.Experiments;

/// <summary>How far two lists of numbers go together, from −1 to 1.</summary>
static class Correlations
{
    /// <summary>Pearson's, of the numbers.</summary>
    public static double Of(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double meanA = a.Average(), meanB = b.Average(), both = 0, squaresA = 0, squaresB = 0;
        for (int i = 0; i < a.Count; i++)
        {
            both += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        return both / Math.Sqrt(squaresA * squaresB);
    }

    /// <summary>Spearman's, of their ranks; equal numbers share the mean of theirs.</summary>
    public static double OfRanks(IReadOnlyList<double> a, IReadOnlyList<double> b) => Of(Ranks(a), Ranks(b));

    static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[order.Length];
        for (int first = 0; first < order.Length;)
        {
            int end = first;
            while (end < order.Length && values[order[end]] == values[order[first]]) end++;
            for (int k = first; k < end; k++) ranks[order[k]] = (first + end - 1) / 2.0;
            first = end;
        }
        return ranks;
    }
}
