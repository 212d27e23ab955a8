using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>The plain methods on ratings, their settings chosen by validation.</summary>
/// <param name="parts">Of what.</param>
/// <param name="seed">Settles where factors begin.</param>
sealed class RatingBaselines(RatingParts parts, ulong seed)
{
    const int Factors = 20, Sweeps = 10, Neighbours = 30;

    readonly Lazy<BiasBaseline> biases = new(() => new(parts.Training, userRidge: 1, itemRidge: 3));

    /// <summary>All, from the plainest on, factorisation and neighbours last.</summary>
    public IEnumerable<RatingResult> All()
    {
        RatingList training = parts.Training;
        double mean = MeanBaseline.Of(training);
        double[] users = MeanBaseline.Of(training, training.Users, training.UserNames.Count, 0),
            items = MeanBaseline.Of(training, training.Items, training.ItemNames.Count, 5);
        yield return Plain("global mean", (_, _) => mean, 0);
        yield return Plain("user mean", (u, _) => users[u], 0);
        yield return Plain("item mean, shrunk by 5 ratings", (_, i) => items[i], 0);
        var clock = Stopwatch.StartNew();
        BiasBaseline own = biases.Value;
        yield return Plain("user and item biases, ridge 1 and 3", own.Expected, clock.Elapsed.TotalSeconds);
        RatingList residuals = own.Residuals(training);
        yield return Best([20, 15, 30, 10], ridge =>
        {
            var factors = new FactorBaseline(residuals, Factors, ridge, Sweeps, seed);
            return ($"biases and matrix factorisation, {Factors} factors, ridge {ridge}", asked =>
                HiddenErrors.Predictions((u, i) => own.Expected(u, i) + factors.Expected(u, i), asked));
        });
        yield return Best([0.1, 0, 0.2, 0.5], shrinkage =>
        {
            var near = new NeighbourBaseline(residuals, Neighbours, shrinkage);
            return ($"biases and {Neighbours} nearest items by their residuals, shrinkage {shrinkage}", asked =>
                [.. near.Predictions(asked).Zip(HiddenErrors.Predictions(own.Expected, asked), (x, y) => x + y)]);
        });
    }

    RatingResult Plain(string name, Func<int, int, double> expected, double seconds) =>
        RatingResult.Of(name, parts, asked => HiddenErrors.Predictions(expected, asked), seconds);

    RatingResult Best(double[] settings, Func<double, (string Name, Func<RatingList, double[]> Predict)> fit) =>
        settings.Select(setting =>
        {
            var clock = Stopwatch.StartNew();
            var (name, predict) = fit(setting);
            double seconds = clock.Elapsed.TotalSeconds;
            return RatingResult.Of(name, parts, predict, seconds);
        }).MinBy(result => result.HeldOut(parts))!;
}
