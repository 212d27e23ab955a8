namespace Boltzmann.Ratings;

/// <summary>How far expected ratings lie from those given; entries without an expectation are left out.</summary>
/// <param name="Count">Entries.</param>
/// <param name="Rmse">Root mean square.</param>
/// <param name="Mae">Mean absolute error.</param>
public sealed record RatingErrors(int Count, double Rmse, double Mae)
{
    /// <summary>Of expectations in the order of a list, NaN for none.</summary>
    public static RatingErrors Of(RatingList ratings, double[] expected) => Of([.. ratings.Values.Select(x => (double)x)], expected);

    /// <summary>Of expectations and values.</summary>
    public static RatingErrors Of(double[] values, double[] expected)
    {
        double squares = 0, distances = 0;
        int count = 0;
        for (int e = 0; e < values.Length; e++)
        {
            if (double.IsNaN(expected[e])) continue;
            squares += (expected[e] - values[e]) * (expected[e] - values[e]);
            distances += Math.Abs(expected[e] - values[e]);
            count++;
        }
        return new(count, Math.Sqrt(squares / count), distances / count);
    }
}
