namespace Boltzmann.Experiments;

/// <summary>Ratings in three parts, all under the same names of users and items.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Validation">To choose by.</param>
/// <param name="Test">Looked at at the end.</param>
sealed record RatingParts(RatingList Training, RatingList Validation, RatingList Test)
{
    /// <summary>By the number n of a rating in its file: test where n mod 10 = 0, validation where it is 1.</summary>
    public static RatingParts ByNumber(RatingList all) =>
        new(all.Where(n => n % 10 > 1), all.Where(n => n % 10 == 1), all.Where(n => n % 10 == 0));

    /// <summary>The last share of each user's ratings by time, ties in the order of the file, and those before them.</summary>
    /// <exception cref="BadInputException">There are no times.</exception>
    public static (RatingList Before, RatingList Last) ByTime(RatingList all, double share)
    {
        if (all.Times is not double[] times)
            throw new BadInputException($"{all.Source}: has no times of ratings: expected a column of times, to set each user's "
                + "last aside");
        var isLast = new bool[all.Count];
        foreach (IGrouping<int, int> own in Enumerable.Range(0, all.Count).GroupBy(n => all.Users[n]))
        {
            int[] order = [.. own.OrderBy(n => times[n])];
            foreach (int n in order.AsSpan(order.Length - (int)(share * order.Length))) isLast[n] = true;
        }
        return (all.Where(n => !isLast[n]), all.Where(n => isLast[n]));
    }

    /// <summary>Every tenth user's ratings, for a smoke test.</summary>
    public static RatingList Fewer(RatingList all) => all.Where(n => all.Users[n] % 10 == 0);
}
