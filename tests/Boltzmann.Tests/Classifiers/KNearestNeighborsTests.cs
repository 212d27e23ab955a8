namespace Boltzmann.Tests.Classifiers;

public class KNearestNeighborsTests
{
    public static IEnumerable<TheoryDataRow<string, NeighborMetric, int, NeighborWeights, Precision>> Cases() =>
        from set in (string[])["digits", "iris"]
        from metric in Enum.GetValues<NeighborMetric>()
        from k in (int[])[1, 3, 8]
        from weights in Enum.GetValues<NeighborWeights>()
        from precision in Enum.GetValues<Precision>()
        select new TheoryDataRow<string, NeighborMetric, int, NeighborWeights, Precision>(set, metric, k, weights, precision);

    [Theory, MemberData(nameof(Cases))]
    public void Probabilities_and_predictions_are_those_of_scikit_learn(string set, NeighborMetric metric, int k, NeighborWeights weights,
        Precision precision)
    {
        var (rows, labels, judged) = ReferenceResults.Data(set, precision);
        string name = $"knn_{metric}_{k}".ToLowerInvariant(), kind = $"{name}_{weights}".ToLowerInvariant();
        bool[] settled = [.. ReferenceResults.Whole(set, $"{name}_settled").Select(x => x == 1)];
        double[,] expected = ReferenceResults.Array(set, kind);
        int[] predictions = ReferenceResults.Whole(set, $"{kind}_predictions");
        var classifier = new KNearestNeighbors(k, weights, metric);
        classifier.Fit(rows, labels);
        double[,] actual = classifier.PredictProbabilities(judged);
        int[] predicted = classifier.Predict(judged);

        // Iris in single precision has distances of about 0.1 between numbers of about 5, rounded to 3e-7: weights are off by 1e-5 at most,
        // and rows at distance 0 are still at distance 0. Angles are smaller: 1e-4 between rows whose cosine is rounded to 1e-7.
        double bound = weights == NeighborWeights.Uniform ? 1e-12
            : precision == Precision.Float64 ? 1e-9 : metric == NeighborMetric.Euclidean ? 1e-5 : 5e-3;
        Assert.True(settled.Count(isSettled => isSettled) > 0.6 * settled.Length);
        for (int r = 0; r < settled.Length; r++)
        {
            // Rows that are equally near in the reference may be told apart by rounding, or picked otherwise.
            if (!settled[r]) continue;
            for (int c = 0; c < expected.GetLength(1); c++) Assert.Equal(expected[r, c], actual[r, c], bound);
            Assert.Equal(predictions[r], predicted[r]);
        }
    }

    [Theory, InlineData(NeighborMetric.Euclidean), InlineData(NeighborMetric.Cosine)]
    public void The_neighbours_are_those_of_a_full_sort_of_exact_distances(NeighborMetric metric)
    {
        // 5 000 training rows make two blocks; every tenth repeats another, far from the origin, so that single precision cannot tell near
        // rows apart.
        const int Count = 5000, Columns = 7, K = 6;
        var random = new Random(3);
        Matrix rows = new(Count, Columns), judged = new(60, Columns);
        for (int r = 0; r < Count; r++) rows.WriteRow(r,
            r % 10 == 9 ? rows.ReadRow(random.Next(r)) : [.. Enumerable.Range(0, Columns).Select(_ => 300 + random.NextDouble())]);
        for (int r = 0; r < judged.Rows; r++) judged.WriteRow(r,
            r % 3 == 0 ? rows.ReadRow(random.Next(Count)) : [.. Enumerable.Range(0, Columns).Select(_ => 300 + random.NextDouble())]);
        var classifier = new KNearestNeighbors(K, metric: metric);
        classifier.Fit(rows, [.. Enumerable.Range(0, Count).Select(r => r % 2)]);
        Neighbor[][] found = classifier.Find(judged);
        double[][] all = [.. Enumerable.Range(0, Count).Select(rows.ReadRow)];
        for (int q = 0; q < judged.Rows; q++)
        {
            double[] x = judged.ReadRow(q);
            double[] expected = [.. all.Select(y => Distance(x, y)).Order().Take(K)];
            for (int i = 0; i < K; i++)
            {
                Assert.Equal(expected[i], found[q][i].Distance, 1e-12);
                Assert.Equal(expected[i], Distance(x, all[found[q][i].Row]), 1e-12);
            }
            Assert.Equal(K, found[q].Select(n => n.Row).Distinct().Count());
        }

        double Distance(double[] x, double[] y) => metric == NeighborMetric.Euclidean
            ? Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum())
            : 1 - x.Zip(y, (a, b) => a * b).Sum() / Math.Sqrt(x.Sum(a => a * a) * y.Sum(b => b * b));
    }

    [Fact]
    public void A_row_that_was_trained_on_has_its_own_class_by_distance_weights_and_ties_go_to_the_first_class()
    {
        Matrix rows = Matrix.From(new double[,] { { 0, 0 }, { 0, 0 }, { 1, 0 }, { 0, 1 }, { 3, 3 } });
        var classifier = new KNearestNeighbors(4, NeighborWeights.Distance);
        classifier.Fit(rows, [2, 2, 1, 0, 0]);
        Assert.Equal(new double[,] { { 0, 0, 1 } }, classifier.PredictProbabilities(Matrix.From(new double[,] { { 0, 0 } })));
        double[,] between = classifier.PredictProbabilities(Matrix.From(new double[,] { { 0.5, 0.5 } }));
        Assert.Equal(0.25, between[0, 0], 1e-12);
        Assert.Equal(0.25, between[0, 1], 1e-12);

        var even = new KNearestNeighbors(2);
        even.Fit(Matrix.From(new double[,] { { 0 }, { 2 }, { 50 } }), [1, 0, 2]);
        Assert.Equal([0], even.Predict(Matrix.From(new double[,] { { 1 } })));
    }

    [Fact]
    public void The_angle_of_a_row_of_zeros_counts_as_right()
    {
        var classifier = new KNearestNeighbors(3, metric: NeighborMetric.Cosine);
        classifier.Fit(Matrix.From(new double[,] { { 0, 0 }, { -1, -1 }, { 2, 2 } }), [0, 1, 1]);
        Assert.Equal([2, 0, 1], classifier.Find(Matrix.From(new double[,] { { 1, 1 } }))[0].Select(n => n.Row));
        Assert.All(classifier.Find(Matrix.From(new double[,] { { 0, 0 } }))[0], n => Assert.Equal(1, n.Distance));
    }

    [Fact]
    public void The_nearest_row_is_found_where_products_overflow_single_precision()
    {
        // Squares of 1e30 and products of 2e19 overflow; more rows than are kept do not.
        double[][] huge = [.. Enumerable.Range(1, 10).Select(i => (double[])[i]),
            .. Enumerable.Range(0, 20).Select(i => (double[])[1e30 * (1 + i)])];
        Assert.Equal(10, Nearest(NeighborMetric.Euclidean, huge, [1e30]));
        double[][] large = [[1e18], .. Enumerable.Range(0, 30).Select(_ => (double[])[0]), [2e19]];
        Assert.Equal(31, Nearest(NeighborMetric.Euclidean, large, [2e19]));
        // The length of (3e38, 3e38) overflows.
        double[][] angles = [[1, 0.9], .. Enumerable.Range(0, 30).Select(_ => (double[])[1, 0.1]), [3e38, 3e38]];
        Assert.Equal(31, Nearest(NeighborMetric.Cosine, angles, [1, 1]));

        static int Nearest(NeighborMetric metric, double[][] values, double[] query)
        {
            Matrix rows = new(values.Length, query.Length);
            for (int r = 0; r < values.Length; r++) rows.WriteRow(r, values[r]);
            var classifier = new KNearestNeighbors(1, metric: metric);
            classifier.Fit(rows, [.. Enumerable.Range(0, values.Length).Select(r => r % 2)]);
            return classifier.Find(Matrix.Row(query))[0][0].Row;
        }
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        Neighbor[][] Find(int threads)
        {
            var placement = new Placement(new CpuBackend(threads), Precision.Float32);
            Matrix rows = new(700, 40, placement), judged = new(90, 40, placement);
            rows.SampleUniform(new Rng(1));
            judged.SampleUniform(new Rng(2));
            var classifier = new KNearestNeighbors(5);
            classifier.Fit(rows, [.. Enumerable.Range(0, 700).Select(r => r % 3)]);
            return classifier.Find(judged);
        }
        Assert.Equal(Find(1), Find(3));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KNearestNeighbors(0));
        Assert.Contains("4 training rows: expected at least the 5 neighbours",
            Assert.Throws<BadInputException>(() => new KNearestNeighbors().Fit(new Matrix(4, 2), [0, 1, 0, 1])).Message);
        Matrix huge = Matrix.From(new double[,] { { 1e30 }, { 1e200 } }, Placement.Default.Double);
        Assert.Contains("training row 2 has values so large",
            Assert.Throws<BadInputException>(() => new KNearestNeighbors(1).Fit(huge, [0, 1])).Message);
        var classifier = new KNearestNeighbors(1);
        // In single precision the squares of 1e30 overflow, in double not.
        classifier.Fit(Matrix.From(new double[,] { { 1e30 }, { 2e30 } }), [0, 1]);
        Assert.Equal([1], classifier.Predict(Matrix.From(new double[,] { { 1.9e30 } })));
        Assert.Contains("row 2 has values so large", Assert.Throws<BadInputException>(() => classifier.Predict(huge)).Message);
    }
}
