namespace Boltzmann.Experiments;

/// <summary>How far predictions lie from ratings.</summary>
/// <param name="Rmse">Root of the mean squared error, in units of the ratings.</param>
/// <param name="Mae">Mean absolute error.</param>
readonly record struct HiddenErrors(double Rmse, double Mae)
{
    /// <summary>Of predictions in the order of the ratings.</summary>
    public static HiddenErrors Of(ReadOnlySpan<double> predictions, RatingList ratings)
    {
        double squares = 0, distances = 0;
        for (int n = 0; n < ratings.Count; n++)
        {
            double error = predictions[n] - ratings.Values[n];
            squares += error * error;
            distances += Math.Abs(error);
        }
        return new(Math.Sqrt(squares / ratings.Count), distances / ratings.Count);
    }

    /// <summary>What a plain method expects of each rating, in their order.</summary>
    public static double[] Predictions(Func<int, int, double> expected, RatingList ratings) =>
        [.. Enumerable.Range(0, ratings.Count).Select(n => expected(ratings.Users[n], ratings.Items[n]))];
}
