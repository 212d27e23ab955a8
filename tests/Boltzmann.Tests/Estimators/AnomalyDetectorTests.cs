using System.Text.Json.Nodes;
using Boltzmann.Evaluation;

namespace Boltzmann.Tests.Estimators;

/// <summary>The detector of odd rows: that it finds them, says why, and what it refuses.</summary>
public class AnomalyDetectorTests
{
    const int Rows = 600, Odd = 30, Columns = 5;

    // Heavy tails of different units; the first two columns rise together, and odd rows are those where the second falls instead.
    static (double[][] Rows, bool[] IsOdd) Table(int seed, double size = 2.2)
    {
        var random = new Random(seed);
        double[][] rows = new double[Rows][];
        var isOdd = new bool[Rows];
        for (int r = 0; r < Rows; r++)
        {
            isOdd[r] = r % (Rows / Odd) == 7;
            double first = Normal(), second = first + 0.2 * Normal();
            double[] z = [isOdd[r] ? Math.CopySign(size, first) : first, isOdd[r] ? -Math.CopySign(size, first) : second, Normal(),
                Normal(),
                Normal()];
            rows[r] = [Math.Exp(2 * z[0]), 1e6 * z[1] * z[1] * z[1], z[2], Math.Exp(z[3]), 1e-3 * z[4]];
        }
        return (rows, isOdd);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    static double Area(double[] scores, bool[] isOdd)
    {
        double wins = 0;
        for (int i = 0; i < scores.Length; i++)
            for (int j = 0; j < scores.Length; j++)
                if (isOdd[i] && !isOdd[j]) wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        return wins / isOdd.Count(odd => odd) / isOdd.Count(odd => !odd);
    }

    static double[][] Of(double[][] rows, bool[] picked) => [.. rows.Where((_, r) => picked[r])];

    [Fact]
    public void Rows_that_break_what_two_columns_have_in_common_score_highest()
    {
        var (rows, isOdd) = Table(seed: 1, size: 1.8);
        double[][] usual = Of(rows, [.. isOdd.Select(odd => !odd)]);
        var detector = new AnomalyDetector();
        detector.Fit(usual);
        Assert.InRange(Area(detector.Score(rows), isOdd), 0.98, 1);
        // Columns by themselves cannot: a machine that has not learned takes |z| of 1.8 for no more than that.
        var still = new AnomalyDetector(new() { LearningRate = 0 });
        still.Fit(usual);
        Assert.InRange(Area(still.Score(rows), isOdd), 0.5, 0.95);
    }

    [Fact]
    public void Odd_rows_may_be_among_those_that_it_learns_from()
    {
        var (rows, isOdd) = Table(seed: 2);
        var detector = new AnomalyDetector();
        detector.Fit(rows);
        Assert.InRange(Area([.. detector.TrainingScores], isOdd), 0.95, 1);
    }

    [Fact]
    public void The_explanation_names_the_columns_that_do_not_go_together_and_what_would()
    {
        var (rows, isOdd) = Table(seed: 3);
        var detector = new AnomalyDetector();
        detector.Fit(Of(rows, [.. isOdd.Select(odd => !odd)]));
        foreach (double[] row in Of(rows, isOdd))
        {
            IReadOnlyList<OddColumn> why = detector.Explain(new double[][] { row }, 2);
            Assert.Equal([0, 1], why.Select(column => column.Column).Order());
            Assert.Equal(why.OrderByDescending(column => column.Surprise), why);
            Assert.All(why, column => Assert.Equal(row[column.Column], column.Value));
            // The second column is expected to have the sign of the logarithm of the first.
            Assert.Equal(Math.Sign(Math.Log(row[0])), Math.Sign(why.First(column => column.Column == 1).Expected));
        }
    }

    [Fact]
    public void A_score_is_a_free_energy_so_that_differences_are_those_of_log_likelihoods()
    {
        var (rows, _) = Table(seed: 4);
        var detector = new AnomalyDetector(new() { Updates = 300, Hidden = 6 });
        detector.Fit(rows);
        double[] scores = detector.Score(rows), likelihoods = [.. Exact.LogLikelihood(detector.Machine, Scaled(detector, rows)).PerRow];
        for (int r = 1; r < 50; r++) Assert.Equal(scores[0] - scores[r], likelihoods[r] - likelihoods[0], 1e-6);
        Assert.Equal(scores, detector.TrainingScores);
    }

    // As the detector does, by the public parts.
    static Matrix Scaled(AnomalyDetector detector, double[][] rows)
    {
        RowData data = rows;
        var scaled = new Matrix(rows.Length, Columns, Placement.Default.Double);
        for (int c = 0; c < Columns; c++)
        {
            double[] sorted = [.. rows.Select(row => row[c]).Order()];
            NormalScores scores = NormalScores.Fit(sorted);
            double[] z = [.. rows.Select(row => scores.Transform(row[c]))];
            double mean = z.Average(), deviation = Math.Sqrt(z.Average(x => (x - mean) * (x - mean)));
            scaled.WriteColumn(c, [.. z.Select(x => (x - mean) / deviation)]);
        }
        Assert.Equal(detector.Columns, data.Dataset.Columns);
        return scaled;
    }

    [Fact]
    public void The_threshold_of_a_share_is_exceeded_by_that_share_of_the_rows_learned_from()
    {
        var (rows, isOdd) = Table(seed: 5, size: 3);
        var detector = new AnomalyDetector();
        detector.Fit(rows);
        foreach (double share in (double[])[0, 0.01, 0.05, 0.5])
            Assert.Equal((int)(share * Rows), detector.IsAnomaly(rows, share).Count(odd => odd));
        Assert.Equal(detector.TrainingScores.Max(), detector.Threshold(0));
        // 30 of 600 are odd: at a share of 5 % most alarms are right.
        bool[] alarms = detector.IsAnomaly(rows, 0.05);
        Assert.InRange(Enumerable.Range(0, Rows).Count(r => alarms[r] && isOdd[r]), 20, 30);
    }

    [Fact]
    public void Neither_units_nor_shapes_of_columns_matter()
    {
        // So few rows that normal scores keep every value, not one in so many ranks with straight lines between.
        var (table, _) = Table(seed: 6);
        double[][] rows = table[..200];
        double[][] other = [.. rows.Select(row =>
            (double[])[Math.Log(row[0]), 3 + 1e-9 * row[1], -0.5 * Math.Exp(-row[2]), row[3], row[4]])];
        AnomalyDetector first = new(), second = new();
        first.Fit(rows);
        second.Fit(other);
        double[] a = [.. first.TrainingScores], b = [.. second.TrainingScores];
        for (int r = 0; r < a.Length; r++) Assert.Equal(a[r], b[r], 1e-3);
    }

    [Fact]
    public void Seed_settles_what_is_learned_and_progress_ends_with_the_last_update()
    {
        var (rows, _) = Table(seed: 7);
        double[] Learned(ulong seed, IProgress<FitProgress>? progress = null)
        {
            var detector = new AnomalyDetector(new() { Seed = seed, Updates = 50 });
            detector.Fit(rows, progress);
            return [.. detector.TrainingScores];
        }
        var told = new Told();
        Assert.Equal(Learned(1, told), Learned(1));
        Assert.NotEqual(Learned(1), Learned(2));
        Assert.InRange(told.Steps.Count, 50, 60);
        TrainingProgress last = told.Steps[^1].Training;
        Assert.Equal(last.Epochs, last.Completed?.Number);
        Assert.All(told.Steps, step => Assert.Equal((FitPhase.Machines, 1, 1), (step.Phase, step.Machine, step.Machines)));
    }

    [Fact]
    public void A_fit_that_is_cancelled_or_refused_leaves_what_was_learned()
    {
        var (rows, _) = Table(seed: 8);
        var detector = new AnomalyDetector(new() { Updates = 20 });
        detector.Fit(rows);
        double[] before = detector.Score(rows);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => detector.Fit(rows[..100], cancellation: cancellation.Token));
        Assert.Throws<BadInputException>(() => detector.Fit(rows[..1]));
        Assert.Equal(before, detector.Score(rows));
    }

    [Fact]
    public void Constant_columns_and_ties_are_no_fault()
    {
        double[][] rows = [.. Enumerable.Range(0, 200).Select(r => (double[])[7, r % 2, r % 20 == 0 ? r : 0, Math.Sin(r)])];
        var detector = new AnomalyDetector(new() { Updates = 200 });
        detector.Fit(rows);
        Assert.All(detector.TrainingScores, score => Assert.True(double.IsFinite(score)));
        // A constant column that changes is the oddest there is.
        Assert.Equal(0, detector.Explain(new double[][] { [1e300, 1, 0, 0.5] })[0].Column);
        Assert.True(detector.IsAnomaly(new double[][] { [1e300, 1, 0, 0.5] }, 0)[0]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_one_line()
    {
        var (rows, _) = Table(seed: 9);
        Assert.Contains("fit it first", Assert.Throws<InvalidOperationException>(() => new AnomalyDetector().Score(rows)).Message,
            StringComparison.Ordinal);
        var detector = new AnomalyDetector(new() { Updates = 5 });
        detector.Fit(rows);
        Says("has 2 columns, but the detector learned from 5", () => detector.Score(new double[][] { [1, 2] }));
        Says("row 1, column 2 is ", () => detector.Score(new double[][] { [1, double.PositiveInfinity, 3, 4, 5] }));
        Says("column 2 has no value", () => detector.Fit(new double[][] { [1, double.NaN], [2, double.NaN] }));
        Says("expected one to explain", () => detector.Explain(rows[..2]));
        Says("share of alarms", () => detector.Threshold(1));
        Says("share of alarms", () => detector.Threshold(double.NaN));
        Says("has one row", () => detector.Fit(rows[..1]));
        Says("the share of rows left out must be at least 0 and below 1, not 1", () => _ = new AnomalyDetector(new() { LeftOut = 1 }));
        Says("the number of updates", () => _ = new AnomalyDetector(new() { Updates = 0 }));
        Says("hidden units", () => _ = new AnomalyDetector(new() { Hidden = 0 }));

        static void Says(string part, Action action)
        {
            string message = Assert.Throws<BadInputException>(action).Message;
            Assert.Contains(part, message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
    }

    // Some fields of every second row are gone.
    static double[][] WithGaps(double[][] rows, int seed)
    {
        var random = new Random(seed);
        return [.. rows.Select((row, r) => row.Select(x => r % 2 == 0 && random.NextDouble() < 0.3 ? double.NaN : x).ToArray())];
    }

    [Fact]
    public void The_score_of_a_row_with_gaps_is_the_free_energy_of_the_machine_of_its_other_columns()
    {
        var (rows, _) = Table(seed: 10);
        var detector = new AnomalyDetector(new() { Updates = 200, Hidden = 5 });
        detector.Fit(rows);
        double[][] gaps = WithGaps(rows[..40], 1);
        double[] scores = detector.Score(gaps);
        Matrix scaled = ScaledBy(detector, rows, gaps);
        Rbm machine = detector.Machine;
        for (int r = 0; r < gaps.Length; r++)
        {
            // −log Σ_h e^{−E} over all 32 states of the hidden units and the columns that are there.
            double[] row = scaled.ReadRow(r), energies = new double[32];
            for (int state = 0; state < energies.Length; state++)
            {
                for (int v = 0; v < Columns; v++)
                {
                    if (double.IsNaN(gaps[r][v])) continue;
                    double gamma = ((GaussianLayer)machine.Visible).Precision[0, v], input = machine.Visible.Bias[0, v];
                    for (int h = 0; h < 5; h++) input += machine.Weights[v, h] * (state >> h & 1);
                    energies[state] += gamma * row[v] * row[v] / 2 - input * row[v];
                }
                for (int h = 0; h < 5; h++) energies[state] -= machine.Hidden.Bias[0, h] * (state >> h & 1);
            }
            double least = energies.Min();
            double free = least - Math.Log(energies.Sum(energy => Math.Exp(least - energy)));
            Assert.Equal(free, scores[r], 1e-4 * Math.Max(1, Math.Abs(free)));
        }
    }

    // Whole rows and rows with gaps by the scales of the rows learned from; a gap has any number here.
    static Matrix ScaledBy(AnomalyDetector detector, double[][] learned, double[][] rows)
    {
        Assert.Equal(detector.Columns, learned[0].Length);
        var scaled = new Matrix(rows.Length, Columns, Placement.Default.Double);
        for (int c = 0; c < Columns; c++)
        {
            NormalScores scores = NormalScores.Fit([.. learned.Select(row => row[c]).Order()]);
            double[] z = [.. learned.Select(row => scores.Transform(row[c]))];
            double mean = z.Average(), deviation = Math.Sqrt(z.Average(x => (x - mean) * (x - mean)));
            scaled.WriteColumn(c, [.. rows.Select(row => double.IsNaN(row[c]) ? 0 : (scores.Transform(row[c]) - mean) / deviation)]);
        }
        return scaled;
    }

    [Fact]
    public void Odd_rows_are_found_among_rows_with_gaps_that_it_learned_from()
    {
        var (rows, isOdd) = Table(seed: 11);
        // Odd rows (7 of every 20, of odd numbers) are whole; half of the others are not.
        double[][] gaps = WithGaps(rows, 2);
        var detector = new AnomalyDetector();
        detector.Fit(gaps);
        Assert.InRange(Area([.. detector.TrainingScores], isOdd), 0.9, 1);
        IReadOnlyList<OddColumn> why = detector.Explain(new double[][] { [double.NaN, 1e9, 0, 1, 0] }, 5);
        Assert.Equal(4, why.Count);
        Assert.DoesNotContain(why, column => column.Column == 0);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_detector_that_was_saved_scores_and_explains_as_before(bool normalScores)
    {
        using var folder = new TemporaryFolder();
        var (rows, isOdd) = Table(seed: 12);
        var detector = new AnomalyDetector(new() { Updates = 100, NormalScores = normalScores, ColumnWeight = 1.5 });
        detector.Fit(rows);
        detector.Save(folder["detector.safetensors"]);
        AnomalyDetector read = AnomalyDetector.Load(folder["detector.safetensors"]);
        Assert.Equal(detector.Settings, read.Settings);
        Assert.Equal(detector.Score(rows), read.Score(rows));
        Assert.Equal(detector.TrainingScores, read.TrainingScores);
        Assert.Equal(detector.IsAnomaly(rows, 0.05), read.IsAnomaly(rows, 0.05));
        double[][] odd = Of(rows, isOdd)[..1];
        Assert.Equal(detector.Explain(odd, 5), read.Explain(odd, 5));
        // Its scales are no preprocessing of other readers, which would take the rows as they stand.
        Assert.Contains("holds an anomaly detector", Assert.Throws<BadInputException>(() =>
            TrainedModel.Load(folder["detector.safetensors"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_detector_and_a_damaged_one_are_refused_in_one_line()
    {
        using var folder = new TemporaryFolder();
        string path = folder["file.safetensors"];
        var machine = new Rbm(new GaussianLayer(2), new BernoulliLayer(3));
        ModelFile.Save(path, machine);
        Refuses("holds no anomaly detector");
        ModelFile.Save(path, machine, JsonNode.Parse("""{"anomaly_detector": {"scale": {"means": [1]}}}""")!.AsObject());
        Refuses("'scale' of the anomaly detector");
        ModelFile.Save(path, machine, JsonNode.Parse("""{"anomaly_detector": {}, "estimator": {"hidden": "many"}}""")!.AsObject());
        Refuses("estimator settings that cannot be used");
        Assert.Throws<InvalidOperationException>(() => new AnomalyDetector().Save(path));

        void Refuses(string part)
        {
            string message = Assert.Throws<BadInputException>(() => AnomalyDetector.Load(path)).Message;
            Assert.StartsWith(path, message);
            Assert.Contains(part, message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
    }

    sealed class Told : IProgress<FitProgress>
    {
        public List<FitProgress> Steps { get; } = [];

        public void Report(FitProgress value) => Steps.Add(value);
    }
}
