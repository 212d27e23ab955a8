namespace Boltzmann.Evaluation;

/// <summary>How near predicted numbers come to true ones. Standard errors are those of other rows from the same source.</summary>
public static class RegressionScores
{
    /// <summary>√ of the mean squared error, in the units of the numbers; its standard error by the delta method.</summary>
    /// <param name="predictions">A number for each row.</param>
    /// <param name="truth">As many true ones.</param>
    /// <exception cref="ArgumentException">The two differ in number.</exception>
    public static PooledScore Rmse(ReadOnlySpan<double> predictions, ReadOnlySpan<double> truth)
    {
        var squares = new Score(Errors(predictions, truth, error => error * error));
        double rmse = Math.Sqrt(squares.Mean);
        // Without an error there is no slope, and no row moves it.
        return new(rmse, rmse == 0 ? 0 : squares.StandardError / (2 * rmse));
    }

    /// <summary>The mean absolute error.</summary>
    /// <inheritdoc cref="Rmse"/>
    public static PooledScore Mae(ReadOnlySpan<double> predictions, ReadOnlySpan<double> truth) =>
        PooledScore.Of(new Score(Errors(predictions, truth, Math.Abs)));

    /// <summary>
    /// R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)²: 1 for perfect predictions, 0 for the mean; not defined where all true numbers are the same. Its
    /// standard error by the delta method: a row moves it by −((y − ŷ)² − (1 − R²)(y − ȳ)²)/Σ(y − ȳ)².
    /// </summary>
    /// <inheritdoc cref="Rmse"/>
    public static PooledScore RSquared(ReadOnlySpan<double> predictions, ReadOnlySpan<double> truth)
    {
        double[] squares = Errors(predictions, truth, error => error * error);
        double mean = new Score(truth.ToArray()).Mean;
        double[] deviations = [.. truth.ToArray().Select(y => (y - mean) * (y - mean))];
        double all = deviations.Sum(), value = 1 - squares.Sum() / all;
        if (!(all > 0)) return new(double.NaN, double.NaN);
        return PooledScore.Of(value, squares.Zip(deviations, (e, d) => -(e - (1 - value) * d) / all).ToArray());
    }

    static double[] Errors(ReadOnlySpan<double> predictions, ReadOnlySpan<double> truth, Func<double, double> measure)
    {
        if (predictions.Length != truth.Length)
            throw new ArgumentException($"{predictions.Length} predictions do not fit {truth.Length} numbers");
        var errors = new double[truth.Length];
        for (int r = 0; r < errors.Length; r++) errors[r] = measure(predictions[r] - truth[r]);
        return errors;
    }
}
