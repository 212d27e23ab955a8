namespace Boltzmann.Tests.Evaluation;

/// <summary>Scores of ranking and regression against numbers by hand and those of scikit-learn 1.2.1.</summary>
public class PooledScoreTests
{
    static readonly double[] scores = [0.9, 0.8, 0.8, 0.7, 0.6, 0.55, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1];
    static readonly bool[] positive = [.. ((int[])[1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0]).Select(y => y == 1)];
    static readonly double[][] probabilities = [[.7, .2, .1], [.1, .8, .1], [.3, .3, .4], [.2, .5, .3], [.5, .25, .25], [.1, .2, .7],
        [.6, .3, .1], [.05, .9, .05], [.4, .35, .25]];
    static readonly int[] labels = [0, 1, 2, 1, 0, 2, 1, 1, 2];

    [Fact]
    public void The_area_of_four_rows_is_that_by_hand()
    {
        // Of the pairs 0.9 > 0.5, 0.9 > 0.1, 0.4 < 0.5, 0.4 > 0.1 three are in order; each row is right of 1, ½, ½ and 1 of the others.
        PooledScore area = RocAuc.Of([0.9, 0.4, 0.5, 0.1], [true, true, false, false]);
        Assert.Equal(0.75, area.Value, 1e-15);
        Assert.Equal(Math.Sqrt(0.125 / 2 + 0.125 / 2), area.StandardError, 1e-15);
    }

    // scikit-learn 1.2.1: roc_auc_score, average_precision_score; the error from the definition of DeLong et al. with NumPy.
    [Fact]
    public void Areas_with_ties_are_those_of_another_implementation()
    {
        PooledScore area = RocAuc.Of(scores, positive);
        Assert.Equal(0.6944444444444445, area.Value, 1e-15);
        Assert.Equal(0.1657381543352922, area.StandardError, 1e-14);
        Assert.Equal(0.7089646464646464, AveragePrecision.Estimate(scores, positive).Value, 1e-15);
    }

    [Fact]
    public void Areas_of_three_classes_are_those_of_another_implementation()
    {
        RocAuc area = RocAuc.Of(probabilities, labels);
        Assert.Equal(0.9234126984126984, area.Macro, 1e-15);
        Near([0.9285714285714286, 0.925, 0.9166666666666666], area.PerClass);
        Near([0.8333333333333333, 0.9166666666666666, 0.8666666666666667], AveragePrecision.Of(probabilities, labels).PerClass);

        static void Near(double[] expected, IReadOnlyList<double> actual)
        {
            for (int c = 0; c < expected.Length; c++) Assert.Equal(expected[c], actual[c], 1e-15);
        }
    }

    [Fact]
    public void Of_two_classes_the_mean_area_and_its_error_are_those_of_either()
    {
        double[][] both = [.. scores.Select(p => (double[])[1 - p, p])];
        int[] truth = [.. positive.Select(isPositive => isPositive ? 1 : 0)];
        RocAuc area = RocAuc.Of(both, truth);
        PooledScore one = RocAuc.Of(scores, positive);
        Assert.Equal((one.Value, one.StandardError), (area.Macro, area.StandardError), Nearly);
        Assert.Equal(one.Value, area.PerClass[0], 1e-15);

        static bool Nearly((double, double) a, (double, double) b) =>
            Math.Abs(a.Item1 - b.Item1) < 1e-14 && Math.Abs(a.Item2 - b.Item2) < 1e-14;
    }

    [Fact]
    public void Ties_of_all_scores_are_no_knowledge_and_order_does_not_count()
    {
        PooledScore tied = RocAuc.Of([1, 1, 1, 1, 1], [true, false, true, false, false]);
        Assert.Equal((0.5, 0.0), (tied.Value, tied.StandardError));
        Assert.Equal(RocAuc.Of(scores, positive).Value, RocAuc.Of(scores.Reverse().ToArray(), positive.Reverse().ToArray()).Value, 1e-15);
        Assert.Equal(1, RocAuc.Of([3, 2, 1], [true, false, false]).Value);
        Assert.True(double.IsNaN(RocAuc.Of([3, 2, 1], [true, false, false]).StandardError));
        Assert.True(double.IsNaN(RocAuc.Of([3, 2], [true, true]).Value));
        Assert.True(double.IsNaN(RocAuc.Of([3, double.NaN], [true, false]).Value));
        Assert.Throws<ArgumentException>(() => RocAuc.Of([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => RocAuc.Of([[0.5, 0.5]], [0, 1]));
    }

    // 400 sets of rows: standard deviations have a relative error of 1/√800, the mean error much less; five of these are 18 %, and the
    // bootstrap itself is off by 1/n.
    [Fact]
    public void Standard_errors_are_the_spread_over_sets_of_rows()
    {
        const int Sets = 400, Rows = 120;
        var rng = new Rng(3);
        List<PooledScore> areas = [], precisions = [], classes = [], squares = [];
        for (int s = 0; s < Sets; s++)
        {
            int[] truth = [.. Enumerable.Range(0, Rows).Select(_ => rng.NextInteger(3))];
            double[][] seen = [.. truth.Select(y => Enumerable.Range(0, 3).Select(c => (c == y ? 0.5 : 0) + rng.NextUniform()).ToArray())];
            bool[] isFirst = [.. truth.Select(y => y == 0)];
            double[] first = [.. seen.Select(row => row[0])];
            areas.Add(RocAuc.Of(first, isFirst));
            precisions.Add(AveragePrecision.Estimate(first, isFirst));
            var mean = RocAuc.Of(seen, truth);
            classes.Add(new(mean.Macro, mean.StandardError));
            squares.Add(RegressionScores.RSquared(first, [.. first.Select(x => x + rng.NextUniform() - 0.5)]));
        }
        foreach (List<PooledScore> found in (List<PooledScore>[])[areas, precisions, classes, squares])
        {
            double mean = found.Average(x => x.Value), spread = Math.Sqrt(found.Average(x => (x.Value - mean) * (x.Value - mean)));
            Assert.InRange(found.Average(x => x.StandardError) / spread, 0.8, 1.25);
        }
    }

    // scikit-learn 1.2.1: balanced_accuracy_score, log_loss.
    [Fact]
    public void Scores_of_classes_are_those_of_another_implementation()
    {
        PooledScore recall = ClassScores.BalancedAccuracy(labels, [0, 1, 2, 1, 0, 2, 0, 1, 0], 3);
        Assert.Equal(0.8055555555555555, recall.Value, 1e-15);
        // Recalls of 1 of 2, 3/4 of 4 and 2/3 of 3 rows.
        Assert.Equal(Math.Sqrt(0.75 * 0.25 / 3 + 2.0 / 3 / 3 / 2) / 3, recall.StandardError, 1e-15);
        Assert.Equal(0.6594118014765971, ClassScores.LogLoss(probabilities, labels).Value, 1e-14);
        Assert.Equal(double.PositiveInfinity, ClassScores.LogLoss([[1, 0]], [1]).Value);
        Assert.Throws<ArgumentException>(() => ClassScores.LogLoss(probabilities, [1]));
    }

    // scikit-learn 1.2.1: mean_squared_error, mean_absolute_error, r2_score.
    [Fact]
    public void Scores_of_numbers_are_those_of_another_implementation()
    {
        double[] truth = [3, -0.5, 2, 7, 4.25], predicted = [2.5, 0, 2, 8, 4];
        Assert.Equal(0.5590169943749475, RegressionScores.Rmse(predicted, truth).Value, 1e-15);
        Assert.Equal(0.45, RegressionScores.Mae(predicted, truth).Value, 1e-15);
        Assert.Equal(0.9491042345276873, RegressionScores.RSquared(predicted, truth).Value, 1e-14);
        Assert.True(double.IsNaN(RegressionScores.RSquared([1, 2], [3, 3]).Value));
        Assert.Throws<ArgumentException>(() => RegressionScores.Mae([1], [1, 2]));
    }

    [Fact]
    public void Errors_of_two_rows_are_those_by_hand()
    {
        // Squares 1 and 9, of mean 5 and standard error 4, through the slope 1/(2√5); distances 1 and 3.
        Assert.Equal(4 / (2 * Math.Sqrt(5)), RegressionScores.Rmse([1, 3], [0, 0]).StandardError, 1e-15);
        Assert.Equal(1, RegressionScores.Mae([1, -3], [0, 0]).StandardError, 1e-15);
        Assert.Equal((0.0, 0.0), (RegressionScores.Rmse([1, 3], [1, 3]).Value, RegressionScores.Rmse([1, 3], [1, 3]).StandardError));
        Assert.True(double.IsNaN(RegressionScores.Mae([1], [0]).StandardError));
    }
}
