namespace Boltzmann.Experiments;

/// <summary>A machine's predictions at the epoch that validation chose, in the order of the parts, and how it got there.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Seconds">In updates, of all epochs.</param>
/// <param name="Validation">Of the ratings to choose by.</param>
/// <param name="Test">Of the ratings looked at at the end.</param>
/// <param name="Curve">RMSE of validation over epochs, whenever it was looked at.</param>
sealed record LearnedRatings(int Epoch, double Seconds, double[] Validation, double[] Test, ChartPoint[] Curve)
{
    /// <summary>As numbers, to be kept.</summary>
    public double[] ToArray() => [Epoch, Seconds, Curve.Length, Validation.Length, .. Curve.Select(p => p.X), .. Curve.Select(p => p.Y),
        .. Validation, .. Test];

    /// <summary>From what <see cref="ToArray"/> made.</summary>
    public static LearnedRatings From(double[] numbers)
    {
        int points = (int)numbers[2], first = 4 + 2 * points, last = first + (int)numbers[3];
        return new((int)numbers[0], numbers[1], numbers[first..last], numbers[last..],
            [.. Enumerable.Range(4, points).Select(i => new ChartPoint(numbers[i], numbers[i + points]))]);
    }
}
