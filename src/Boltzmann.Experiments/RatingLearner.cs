using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>Learns machines of ratings, the epoch chosen by validation.</summary>
/// <param name="parts">From what.</param>
sealed class RatingLearner(RatingParts parts)
{
    const double UserRidge = 1, ItemRidge = 3, Deviation = 0.01;

    /// <summary>Learns one.</summary>
    public LearnedRatings Learn(RatingCandidate candidate, ulong seed, CancellationToken cancellation = default)
    {
        BiasBaseline? biases = candidate.ResidualLevels > 0 ? new(parts.Training, UserRidge, ItemRidge) : null;
        RatingLevels? levels = biases is null ? null : new(biases.Residuals(parts.Training).Values, candidate.ResidualLevels);
        double[] values = levels?.Values ?? parts.Training.Levels();
        RatingTable training = (biases is null ? parts.Training : levels!.Of(biases.Residuals(parts.Training))).ToTable(values,
            candidate.ByItem), validation = parts.Validation.ToTable(null, candidate.ByItem),
            test = parts.Test.ToTable(null, candidate.ByItem);
        int[][]? alsoRated = candidate.Flags != RatedFlags.All ? null : [.. Enumerable.Range(0, training.Cases).Select(c =>
            (int[])[.. validation.UnitsOf(c), .. test.UnitsOf(c)])];
        var machine = new RatingMachine(training.Units, values, candidate.Hidden, candidate.Flags != RatedFlags.None);
        machine.Begin(training, candidate.Smoothing, Deviation, new Rng(seed));
        var trainer = new RatingTrainer(machine, training, alsoRated, new()
        {
            LearningRate = Schedule.Linear(candidate.LearningRate, candidate.LearningRate / 10, candidate.Epochs),
            L2 = candidate.L2,
            Prior = candidate.Prior,
        }, seed);
        LearnedRatings best = new(0, 0, [], [], []);
        var curve = new List<ChartPoint>();
        var clock = new Stopwatch();
        double least = double.PositiveInfinity;
        while (trainer.Epoch < candidate.Epochs)
        {
            clock.Start();
            trainer.RunEpoch(cancellation);
            clock.Stop();
            if (trainer.Epoch % candidate.Every > 0 && trainer.Epoch < candidate.Epochs) continue;
            double[] held = Expected(parts.Validation, validation);
            double error = HiddenErrors.Of(held, parts.Validation).Rmse;
            curve.Add(new(trainer.Epoch, error));
            if (error >= least) continue;
            (least, best) = (error, best with { Epoch = trainer.Epoch, Validation = held, Test = Expected(parts.Test, test) });
        }
        return best with { Seconds = clock.Elapsed.TotalSeconds, Curve = [.. curve] };

        double[] Expected(RatingList asked, RatingTable table)
        {
            double[] expected = RatingPrediction.Expected(machine, training, table, alsoRated), ordered = new double[asked.Count];
            int[] order = Order(asked, candidate.ByItem);
            for (int i = 0; i < order.Length; i++)
                ordered[order[i]] = expected[i] + (biases?.Expected(asked.Users[order[i]], asked.Items[order[i]]) ?? 0);
            return ordered;
        }
    }

    // Ratings by case, then unit, as their table has them.
    static int[] Order(RatingList ratings, bool byItem)
    {
        int[] cases = byItem ? ratings.Items : ratings.Users, units = byItem ? ratings.Users : ratings.Items;
        return [.. Enumerable.Range(0, ratings.Count).OrderBy(n => cases[n]).ThenBy(n => units[n])];
    }
}
