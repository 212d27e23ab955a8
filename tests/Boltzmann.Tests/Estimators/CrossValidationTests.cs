using Boltzmann.Estimators;
using Boltzmann.Tests.Classifiers;

namespace Boltzmann.Tests.Estimators;

/// <summary>Folds, their scores, and the search among settings.</summary>
public class CrossValidationTests
{
    static readonly DbnSettings small = new() { Hidden = [12], PretrainingEpochs = 1, Epochs = 40, LearningRate = 0.01 };

    static string Refusal(Action action) => Assert.Throws<BadInputException>(action).Message;

    static (double[,] X, int[] Y) Iris => (ReferenceResults.Array("iris", "train_x"), ReferenceResults.Whole("iris", "train_y"));

    /// <summary>Remembers what it was taught and judged by.</summary>
    sealed class Recorder(List<(int[] Taught, int[] Judged)> log, bool tellsClasses = true) : IEstimator<int>
    {
        int[] taught = [];

        public bool TellsClasses => tellsClasses;

        public IEstimator<int> Unfitted() => new Recorder(log, tellsClasses);

        public void Fit(RowData x, IReadOnlyList<int> targets, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            Assert.Empty(taught);
            taught = Rows(x, targets);
        }

        public double Score(RowData x, IReadOnlyList<int> targets)
        {
            log.Add((taught, Rows(x, targets)));
            return log.Count;
        }

        // A row holds its own number, and its class is the last digit of it.
        static int[] Rows(RowData x, IReadOnlyList<int> targets)
        {
            int[] rows = [.. x.Dataset.ToMatrix(Placement.Default.Double).ReadColumn(0).Select(value => (int)value)];
            Assert.Equal(rows.Select(r => r % 10 < 3 ? 1 : 0), targets);
            return rows;
        }
    }

    static (double[,] X, int[] Y) Numbered(int count)
    {
        var x = new double[count, 1];
        for (int r = 0; r < count; r++) x[r, 0] = r;
        return (x, [.. Enumerable.Range(0, count).Select(r => r % 10 < 3 ? 1 : 0)]);
    }

    [Theory, InlineData(20, 2), InlineData(57, 5), InlineData(101, 10)]
    public void Every_row_is_judged_once_by_what_learned_all_other_folds(int count, int folds)
    {
        var log = new List<(int[] Taught, int[] Judged)>();
        var (x, y) = Numbered(count);
        FoldScores found = CrossValidation.Score(new Recorder(log), x, y, folds);
        Assert.Equal(folds, log.Count);
        Assert.Equal(Enumerable.Range(0, count), log.SelectMany(fold => fold.Judged).Order());
        foreach (var (taught, judged) in log) Assert.Equal(Enumerable.Range(0, count), taught.Concat(judged).Order());
        Assert.Equal(Enumerable.Range(1, folds).Select(f => (double)f), found.PerFold);
        Assert.Equal((folds + 1) / 2.0, found.Mean, 1e-12);
        // Shares of the classes, and sizes, differ by one row at most.
        int[] ones = [.. log.Select(fold => fold.Judged.Count(r => r % 10 < 3))], sizes = [.. log.Select(fold => fold.Judged.Length)];
        Assert.InRange(ones.Max() - ones.Min(), 0, 1);
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    }

    [Fact]
    public void A_seed_settles_the_folds()
    {
        int[][] Folds(ulong seed, bool? stratified)
        {
            var log = new List<(int[] Taught, int[] Judged)>();
            var (x, y) = Numbered(50);
            CrossValidation.Score(new Recorder(log), x, y, 5, stratified, seed);
            return [.. log.Select(fold => fold.Judged)];
        }

        Assert.Equal(Folds(1, null), Folds(1, true));
        Assert.NotEqual(Folds(1, true), Folds(2, true));
        Assert.NotEqual(Folds(1, true), Folds(1, false));
    }

    [Fact]
    public void A_classifier_is_judged_and_stays_as_it_is()
    {
        var (x, y) = Iris;
        var classifier = new DbnClassifier<int>(small);
        FoldScores found = CrossValidation.Score(classifier, x, y, folds: 4);
        Assert.False(classifier.IsFitted);
        // Nearest neighbours get 95 %.
        Assert.InRange(found.Mean, 0.85, 1);
        Assert.Matches(@"^[01]\.\d{3} ± 0\.\d{3} over 4 folds$", found.ToString());
        Assert.Equal(found.PerFold, CrossValidation.Score(new DbnClassifier<int>(small), x, y, folds: 4).PerFold);
    }

    [Fact]
    public void A_regressor_is_judged_by_its_share_of_the_variance()
    {
        var random = new Random(1);
        var (x, y) = (new double[120, 2], new double[120]);
        for (int r = 0; r < 120; r++)
        {
            (x[r, 0], x[r, 1]) = (random.NextDouble(), random.NextDouble());
            y[r] = 100 + 10 * x[r, 0] - 5 * x[r, 1];
        }
        FoldScores found = CrossValidation.Score(new DbnRegressor(small), x, y, folds: 3);
        Assert.InRange(found.Mean, 0.8, 1);
        Assert.Contains("cannot be stratified", Refusal(() => CrossValidation.Score(new DbnRegressor(small), x, y, 3, stratified: true)));
    }

    [Fact]
    public void What_cannot_be_divided_is_refused()
    {
        var log = new List<(int[], int[])>();
        var (x, y) = Numbered(12);
        Assert.Contains("folds must be at least 2, not 1", Refusal(() => CrossValidation.Score(new Recorder(log), x, y, 1)));
        Assert.Contains("12 rows: expected at least one for each of the 13 folds",
            Refusal(() => CrossValidation.Score(new Recorder(log), x, y, 13)));
        Assert.Contains("11 labels for 12 rows", Refusal(() => CrossValidation.Score(new Recorder(log), x, y[1..])));
        int[] alone = [.. Enumerable.Repeat(0, 11), 1];
        Assert.Contains("row 12 is the only one of class '1'", Refusal(() => CrossValidation.Score(new Recorder(log), x, alone, 3)));
        Assert.Contains("the label of row 2 is missing",
            Refusal(() => CrossValidation.Score(new DbnClassifier<string>(small), new double[2, 1], ["a", null!], 2)));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => CrossValidation.Score(new Recorder(log), x, y, cancellation: source.Token));
        Assert.Empty(log);
    }

    [Fact]
    public void A_grid_finds_the_better_settings_by_the_same_folds()
    {
        var (x, y) = Iris;
        var told = new List<GridPoint<DbnSettings>>();
        GridResult<DbnSettings> found = GridSearch.Score(
            from epochs in (int[])[1, 40] from hidden in (int[])[2, 12] select small with { Epochs = epochs, Hidden = [hidden] },
            settings => new DbnClassifier<int>(settings), x, y, folds: 3, progress: new Collecting(told));
        Assert.Equal([(1, 2), (1, 12), (40, 2), (40, 12)], found.Points.Select(p => (p.Settings.Epochs, p.Settings.Hidden[0])));
        Assert.Equal(40, found.Best.Settings.Epochs);
        Assert.Equal(found.Points, told);
        Assert.Equal(CrossValidation.Score(new DbnClassifier<int>(found.Best.Settings), x, y, folds: 3).PerFold,
            found.Best.Scores!.PerFold);
    }

    [Fact]
    public void A_grid_goes_on_where_learning_diverges_and_says_so()
    {
        var (x, y) = Iris;
        RbmSettings good = new() { Hidden = 8, Epochs = 3, Scaling = FeatureScaling.Standardize };
        FeatureClassifier<int> Make(RbmSettings settings) => new(new RbmTransformer(settings), () => new LogisticRegression());
        RbmSettings bad = good with { LearningRate = 1e30, Epochs = 30 };
        GridResult<RbmSettings> found = GridSearch.Score([bad, good], Make, x, y, folds: 2);
        Assert.Equal(good, found.Best.Settings);
        Assert.Null(found.Points[0].Scores);
        Assert.Contains("diverged", found.Points[0].Failure);
        Assert.Contains("diverged under all 1 settings", Refusal(() => GridSearch.Score([bad], Make, x, y, folds: 2)));
        Assert.Contains("at least one candidate", Refusal(() => GridSearch.Score((RbmSettings[])[], Make, x, y)));
    }

    sealed class Collecting(List<GridPoint<DbnSettings>> told) : IProgress<GridPoint<DbnSettings>>
    {
        public void Report(GridPoint<DbnSettings> value) => told.Add(value);
    }
}
