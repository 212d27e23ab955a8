namespace Boltzmann.Experiments;

/// <summary>
/// An RBM of bits, 1 for an item that a user has (seen, or liked) and 0 for all others, that ranks by p(v_i = 1) given the user's row.
/// </summary>
sealed class RankingMachine
{
    const double LearningRate = 0.05, WeightsStd = 0.01, L2 = 1e-4;
    const int UserBatch = 20, ItemBatch = 100;

    readonly RankingPlan plan;
    readonly Dataset rows;

    /// <param name="plan">How.</param>
    /// <param name="told">Ratings that it is told of, whose values do not count.</param>
    /// <param name="placement">Where it computes.</param>
    public RankingMachine(RankingPlan plan, RatingList told, Placement placement)
    {
        this.plan = plan;
        var (of, units, height, width) = plan.ByItem ? (told.Items, told.Users, told.ItemNames.Count, told.UserNames.Count)
            : (told.Users, told.Items, told.UserNames.Count, told.ItemNames.Count);
        rows = new(told.Source, Triples.ToRows(told.Source, of, units, [], height, width));
        Machine = new(new BernoulliLayer(width, placement), new BernoulliLayer(plan.Hidden, placement));
    }

    /// <summary>The machine.</summary>
    public Rbm Machine { get; }

    /// <summary>Learns by CD-1.</summary>
    /// <param name="epochs">Times that each row is seen.</param>
    /// <param name="seed">Settles everything random.</param>
    /// <param name="every">Called after each epoch with its number.</param>
    /// <param name="cancellation">Checked from epoch to epoch.</param>
    public void Learn(int epochs, ulong seed, Action<int>? every = null, CancellationToken cancellation = default)
    {
        Machine.SetRandomWeights(WeightsStd, new Rng(seed));
        Machine.Visible.SetFromMoments(rows.Statistics.Means, rows.Statistics.Variances);
        var trainer = new Trainer(Machine, new ContrastiveDivergence(), new Sgd(), new()
        {
            BatchSize = plan.ByItem ? ItemBatch : UserBatch,
            LearningRate = LearningRate,
            Momentum = 0.9,
            L2 = L2,
        }, seed);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            foreach (TrainingProgress _ in trainer.Run(rows, epoch)) cancellation.ThrowIfCancellationRequested();
            every?.Invoke(epoch);
        }
    }

    /// <summary>p(v_i = 1 | h̄), h̄ the means of hidden units given what it was told.</summary>
    public Func<int, double[]> Scores()
    {
        Matrix told = rows.ToMatrix(Machine.Placement), hidden = new(told.Rows, plan.Hidden, Machine.Placement),
            means = new(told.Rows, told.Columns, Machine.Placement);
        Machine.SetHiddenMean(told, hidden);
        Machine.SetVisibleMean(hidden, means);
        return plan.ByItem ? means.ReadColumn : means.ReadRow;
    }
}
