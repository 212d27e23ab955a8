namespace Boltzmann;

/// <summary>How well an estimator does on rows that it did not learn from: each fold of the rows in turn is held out.</summary>
public static class CrossValidation
{
    const uint FoldStream = 0x666f6c64;

    /// <summary>
    /// Scores of an estimator, fold by fold. The one that is given stays as it is: each fold is learned by another one of its settings.
    /// </summary>
    /// <typeparam name="TTarget">What is told of a row.</typeparam>
    /// <param name="estimator">What is judged.</param>
    /// <param name="x">Rows.</param>
    /// <param name="targets">The class or number of each.</param>
    /// <param name="folds">How many parts the rows are divided in, at random.</param>
    /// <param name="stratified">Whether each fold has its share of every class; when null, where targets are classes.</param>
    /// <param name="seed">Settles which rows are together.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">Not one target per row, fewer rows than folds, folds of numbers are to be stratified, or a class
    /// has a single row.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static FoldScores Score<TTarget>(IEstimator<TTarget> estimator, RowData x, IReadOnlyList<TTarget> targets, int folds = 5,
        bool? stratified = null, ulong seed = Rng.DefaultSeed, CancellationToken cancellation = default)
    {
        int[][] parts = Folds(x, targets, folds, stratified ?? estimator.TellsClasses, estimator.TellsClasses, seed);
        return Score(estimator, x, targets, parts, cancellation);
    }

    /// <summary>Row numbers of each fold, in the order of the rows.</summary>
    /// <inheritdoc cref="Score{TTarget}(IEstimator{TTarget}, RowData, IReadOnlyList{TTarget}, int, bool?, ulong, CancellationToken)"/>
    internal static int[][] Folds<TTarget>(RowData x, IReadOnlyList<TTarget> targets, int folds, bool stratified, bool tellsClasses,
        ulong seed)
    {
        Dataset data = x.Dataset;
        LabelNumbers.Require(targets, data);
        if (folds < 2) throw new BadInputException($"the number of folds must be at least 2, not {folds}");
        if (data.Count < folds) throw new BadInputException($"{data.Name} has {data.Count} rows: expected at least one for each of the "
            + $"{folds} folds");
        if (stratified && !tellsClasses) throw new BadInputException("folds of numbers cannot be stratified: only classes have shares");
        IEnumerable<int> all = Enumerable.Range(0, data.Count);
        int[][] groups = stratified ? [.. all.GroupBy(r => targets[r]).Select(group => group.ToArray())] : [all.ToArray()];
        if (stratified && groups.FirstOrDefault(group => group.Length < 2) is int[] alone)
            throw new BadInputException($"{data.Name}: row {alone[0] + 1} is the only one of class "
                + $"{Quoted.Text(LabelNumbers.Name(targets[alone[0]]))}: expected at least two, one to learn and one to be judged by");
        var rng = new Rng(seed, FoldStream);
        var fold = new int[data.Count];
        // Dealt in turn, going on from class to class: folds differ by one row at most, and so do their shares of a class.
        int next = 0;
        foreach (int[] group in groups)
        {
            rng.Shuffle<int>(group);
            foreach (int row in group) fold[row] = next++ % folds;
        }
        return [.. Enumerable.Range(0, folds).Select(f => all.Where(r => fold[r] == f).ToArray())];
    }

    /// <summary>Scores by folds that are there already.</summary>
    internal static FoldScores Score<TTarget>(IEstimator<TTarget> estimator, RowData x, IReadOnlyList<TTarget> targets, int[][] folds,
        CancellationToken cancellation)
    {
        var scores = new double[folds.Length];
        for (int f = 0; f < folds.Length; f++)
        {
            int[] held = folds[f], others = [.. folds.Where(fold => fold != held).SelectMany(fold => fold).Order()];
            IEstimator<TTarget> fresh = estimator.Unfitted();
            fresh.Fit(x.Dataset.Select(others), [.. others.Select(r => targets[r])], cancellation);
            scores[f] = fresh.Score(x.Dataset.Select(held), [.. held.Select(r => targets[r])]);
        }
        return new(scores);
    }
}
