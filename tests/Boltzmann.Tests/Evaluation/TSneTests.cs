namespace Boltzmann.Tests.Evaluation;

/// <summary>The map of rows: its affinities, its gradient, and what it keeps.</summary>
public class TSneTests
{
    const int PerCluster = 40, Clusters = 4, Columns = 10;

    // Centres 20 apart in each of their own columns, deviation 1: the nearest row of another cluster is more than 10 deviations away.
    static readonly Matrix clusters = Rows(Clusters * PerCluster, Columns, (r, c) => 20 * (r % Clusters == c ? 1 : 0));

    static Matrix Rows(int rows, int columns, Func<int, int, double> mean, ulong seed = 5)
    {
        var matrix = new Matrix(rows, columns, Placement.Default.Double);
        Draw draw = new Rng(seed).NextDraw();
        for (int r = 0; r < rows; r++)
            matrix.WriteRow(r, [.. Enumerable.Range(0, columns).Select(c => mean(r, c) + Philox.Normal(draw, r, c))]);
        return matrix;
    }

    [Fact]
    public void Every_row_has_the_perplexity_asked_for_and_affinities_sum_to_one()
    {
        int n = clusters.Rows;
        double[] conditional = TSneObjective.Conditional(clusters, 12, threads: 1);
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = conditional.AsSpan(i * n, n);
            double entropy = 0, sum = 0;
            foreach (double p in row)
            {
                sum += p;
                if (p > 0) entropy -= p * Math.Log(p);
            }
            Assert.Equal(0, row[i]);
            Assert.Equal(1, sum, 1e-12);
            Assert.Equal(12, Math.Exp(entropy), 1e-9);
        }
        double[] affinities = TSneObjective.Of(clusters, 12, 1).Affinities;
        Assert.Equal(1, affinities.Sum(), 1e-12);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) Assert.Equal(affinities[i * n + j], affinities[j * n + i]);
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_divergence()
    {
        // Two more than a whole number of vectors, whatever their width.
        const double H = 1e-5;
        foreach (int n in (int[])[6, 18])
        {
            var objective = TSneObjective.Of(Rows(n, 3, (_, _) => 0), 1.5, 1);
            double[] x = Rows(1, n, (_, _) => 0, 6).ReadRow(0), y = Rows(1, n, (_, _) => 0, 7).ReadRow(0), gx = new double[n],
                gy = new double[n];
            objective.Gradient(x, y, gx, gy, 1);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(Slope(x, i), gx[i], 1e-8);
                Assert.Equal(Slope(y, i), gy[i], 1e-8);
            }

            // Central differences: an error of h²/6 times the third derivative, about 1, and of rounding, 1e-16/h.
            double Slope(double[] values, int i)
            {
                double at = values[i];
                values[i] = at + H;
                double above = objective.Divergence(x, y);
                values[i] = at - H;
                double below = objective.Divergence(x, y);
                values[i] = at;
                return (above - below) / (2 * H);
            }
        }
    }

    [Fact]
    public void Neighbours_on_the_map_are_of_the_same_cluster_and_the_divergence_falls()
    {
        double[,] Map(int iterations) =>
            TSne.Map(clusters, new() { Perplexity = 12, Iterations = iterations }, TestContext.Current.CancellationToken);
        double[,] start = Map(0), map = Map(400);
        int n = clusters.Rows, pure = 0;
        for (int i = 0; i < n; i++)
        {
            int nearest = Enumerable.Range(0, n).Where(j => j != i).MinBy(j => Math.Pow(map[i, 0] - map[j, 0], 2)
                + Math.Pow(map[i, 1] - map[j, 1], 2));
            if (nearest % Clusters == i % Clusters) pure++;
        }
        Assert.True(pure >= 0.99 * n, $"{pure} of {n} rows have a nearest neighbour of their own cluster");
        var objective = TSneObjective.Of(clusters, 12, 1);
        double before = Divergence(start), after = Divergence(map);
        Assert.True(after < before / 3, $"from {before} to {after}");

        double Divergence(double[,] points) => objective.Divergence([.. Enumerable.Range(0, n).Select(i => points[i, 0])],
            [.. Enumerable.Range(0, n).Select(i => points[i, 1])]);
    }

    [Fact]
    public void A_map_depends_on_the_seed_and_not_on_threads()
    {
        double[,] Map(ulong seed, int threads) => TSne.Map(clusters,
            new() { Perplexity = 12, Iterations = 60, Seed = seed, Threads = threads }, TestContext.Current.CancellationToken);
        double[,] map = Map(1, 1);
        Assert.Equal(map, Map(1, 3));
        Assert.NotEqual(map, Map(2, 1));
    }

    [Fact]
    public void Equal_rows_are_mapped_to_finite_points()
    {
        foreach (int kinds in (int[])[1, 2, 20])
        {
            Matrix rows = new(40, 5, Placement.Default.Double);
            for (int r = 0; r < 40; r++) rows.WriteRow(r, [r % kinds, 1, 0, 0, 0]);
            double[,] map = TSne.Map(rows, new() { Perplexity = 10, Iterations = 200 }, TestContext.Current.CancellationToken);
            Assert.All(map.Cast<double>(), x => Assert.True(double.IsFinite(x)));
        }
    }

    [Fact]
    public void Rows_too_few_too_many_or_not_finite_are_refused()
    {
        Assert.Contains("a map of 30 rows cannot have a perplexity of 30", Refusal(30));
        Assert.Contains("at most 5000 rows, not 5001", Refusal(5001));
        Assert.Contains("row 7 ", Assert.Throws<BadInputException>(() => TSne.Map(Rows(100, 2, (r, _) => r == 6 ? double.NaN : 0), new(),
            TestContext.Current.CancellationToken)).Message);

        static string Refusal(int rows) =>
            Assert.Throws<BadInputException>(() => TSne.Map(new Matrix(rows, 2), new(), TestContext.Current.CancellationToken)).Message;
    }

    [Fact]
    public void A_cancelled_map_stops() => Assert.ThrowsAny<OperationCanceledException>(() => TSne.Map(clusters, new() { Perplexity = 12 },
        new CancellationToken(canceled: true)));
}
