namespace Boltzmann.Training;

/// <summary>
/// The exact gradient of log p(y|x) of a <see cref="ClassificationRbm"/> (Larochelle and Bengio 2008, section 3.2): rows and labels
/// clamped, less the mean over p(y|x) with the rows clamped. There is no chain. Both phases share x, so W needs one outer product of their
/// difference, and what belongs to the rows alone does not move.
/// </summary>
public sealed class DiscriminativeGradient : IGradientEstimator
{
    const int Visible = 0, Hidden = 1, Labels = 2;

    readonly BatchScratch probabilities = new(), ofClass = new(), inputs = new(), means = new(), known = new(), difference = new(),
        weightedLabels = new();
    ClassScan? scan;
    Matrix? expected;
    Matrix[] expectedOf = [];

    /// <inheritdoc/>
    public string Name => "discriminative";

    /// <summary>Has no meaning here: there is no chain.</summary>
    public int Steps { get; set; } = 1;

    /// <summary>Nothing.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The model has no labels beside its rows.</exception>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        if (model is not ClassificationRbm rbm) throw new ArgumentException("the gradient of log p(y|x) needs a classification RBM");
        if (scan?.Model != rbm) Allocate(rbm);
        State data = batch.State;
        Matrix? weights = batch.RowWeights;
        double scale = 1 / batch.TotalWeight;
        scan!.Start(data[Visible]);
        Matrix logWeights = scan.LogWeights(), p = probabilities.Like(logWeights), row = ofClass.Of(data.Rows, 1, rbm.Placement);
        rbm.Labels.SetMean(logWeights, p);

        Matrix input = inputs.Like(scan.Field), hidden = known.Like(input), mean = means.Like(input), less = difference.Like(input);
        input.SetCopy(scan.Field);
        input.SetProduct(data[Labels], rbm.LabelWeights, transposeRight: true, keep: 1);
        rbm.Hidden.SetMean(input, hidden, data.Workspace);
        // After a generative estimator the positive phase is there already, and its factors look into it.
        if (gradient.Positive.State is null)
        {
            data[Hidden].SetCopy(hidden);
            gradient.SetPositive(batch);
        }
        gradient.AddMoments(Hidden, hidden, input, weights, scale, data.Workspace);
        gradient.AddMoments(Labels, data[Labels], null, weights, scale);
        gradient.AddMoments(Labels, p, null, weights, -scale);
        if (weights is null) less.SetCopy(hidden);
        else less.SetScaled(hidden, weights);
        for (int y = 0; y < rbm.Classes; y++)
        {
            row.SetProduct(p, scan.OneHot(y), transposeRight: true);
            if (weights is not null) row.SetScaled(row, weights);
            Matrix given = scan.Inputs(y);
            rbm.Hidden.SetMean(given, mean, data.Workspace);
            gradient.AddMoments(Hidden, mean, given, row, -scale, data.Workspace);
            expectedOf[y].SetColumnSums(mean, null, row);
            mean.SetScaled(mean, row);
            less.SetSum(less, 1, mean, -1);
        }
        InteractionGradient ofWeights = gradient.Of(0), ofLabels = gradient.Of(1);
        ofWeights.AddFactor(0, new Factor(data[Visible], less, scale));
        ofLabels.AddFactor(0, new Factor(hidden, Weighted(data[Labels], weights), scale));
        // Σ_r p(y|x_r)·E[h|x_r, y] as column y of the gradient of U: the factor of its transpose with the identity.
        ofLabels.AddFactor(0, new Factor(expected!, scan.OneHots, -scale));
    }

    Matrix Weighted(Matrix labels, Matrix? weights)
    {
        if (weights is null) return labels;
        Matrix copy = weightedLabels.Like(labels);
        copy.SetScaled(labels, weights);
        return copy;
    }

    void Allocate(ClassificationRbm rbm)
    {
        scan = new ClassScan(rbm);
        expected = rbm.LabelWeights.Like(rbm.Classes, rbm.Hidden.Units);
        expectedOf = [.. Enumerable.Range(0, rbm.Classes).Select(y => expected.RowRange(y, 1))];
    }
}
