namespace Boltzmann;

/// <summary>Which settings do best, by cross-validation: all are judged by the same folds.</summary>
public static class GridSearch
{
    /// <summary>
    /// Scores every candidate. Settings under which learning diverges are kept, with the reason, and are never the best.
    /// </summary>
    /// <example><code>
    /// var found = GridSearch.Score(
    ///     from hidden in new[] { 64, 256 }
    ///     from rate in new[] { 0.001, 0.003 }
    ///     select new DbnSettings { Hidden = [hidden], LearningRate = rate },
    ///     settings => new DbnClassifier&lt;int&gt;(settings), rows, labels);
    /// var best = new DbnClassifier&lt;int&gt;(found.Best.Settings);
    /// </code></example>
    /// <typeparam name="TSettings">Settings of an estimator, or whatever one is made from.</typeparam>
    /// <typeparam name="TTarget">What is told of a row.</typeparam>
    /// <param name="candidates">The settings to try.</param>
    /// <param name="make">Makes an estimator of some settings.</param>
    /// <param name="x">Rows.</param>
    /// <param name="targets">The class or number of each.</param>
    /// <param name="folds">How many parts the rows are divided in, at random.</param>
    /// <param name="stratified">Whether each fold has its share of every class; when null, where targets are classes.</param>
    /// <param name="seed">Settles which rows are together.</param>
    /// <param name="progress">Told of each candidate when it is done; null for nobody.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">There are no candidates, settings are out of range, rows and targets are none for a
    /// cross-validation, or learning diverged under all settings.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GridResult<TSettings> Score<TSettings, TTarget>(IEnumerable<TSettings> candidates,
        Func<TSettings, IEstimator<TTarget>> make, RowData x, IReadOnlyList<TTarget> targets, int folds = 5, bool? stratified = null,
        ulong seed = Rng.DefaultSeed, IProgress<GridPoint<TSettings>>? progress = null, CancellationToken cancellation = default)
    {
        TSettings[] all = [.. candidates];
        if (all.Length == 0) throw new BadInputException("there are no settings to try: expected at least one candidate");
        // Settings that are out of range are refused before the first one learns.
        IEstimator<TTarget>[] estimators = [.. all.Select(make)];
        bool tellsClasses = estimators[0].TellsClasses;
        int[][] parts = CrossValidation.Folds(x, targets, folds, stratified ?? tellsClasses, tellsClasses, seed);
        var points = new GridPoint<TSettings>[all.Length];
        for (int i = 0; i < all.Length; i++)
        {
            try
            {
                points[i] = new(all[i], CrossValidation.Score(estimators[i], x, targets, parts, cancellation), null);
            }
            catch (DivergenceException e)
            {
                points[i] = new(all[i], null, e.Message);
            }
            progress?.Report(points[i]);
        }
        return points.Any(point => point.Scores is not null) ? new(points)
            : throw new BadInputException($"learning diverged under all {all.Length} settings; of the first: {points[0].Failure}");
    }
}
