namespace Boltzmann.Training;

/// <summary>
/// The zero-sum gauge of one-hot units: the weights of a block's categories to each hidden unit add up to 0, and so do its biases. Of all
/// parameters of the same distribution these have the smallest weights. What is taken from the weights is given to the hidden biases, so
/// the distribution stays: one category of a block is always there, and its weight a constant input. It is a matter of parameters, and
/// never of gradients.
/// </summary>
public sealed class ZeroSum : IConstraint
{
    readonly Matrix weights, hiddenBias, visibleBias, means, total;
    readonly int categories;

    /// <summary>Of a machine whose visible units are one-hot blocks.</summary>
    /// <param name="model">The machine.</param>
    /// <exception cref="ArgumentException">Its visible units are of another kind.</exception>
    public ZeroSum(Rbm model)
    {
        if (model.Visible is not MultinomialLayer { Draws: 1 } visible)
            throw new ArgumentException($"the zero-sum gauge is of one-hot units, and the visible units are {model.Visible}");
        (weights, hiddenBias, visibleBias, categories) = (model.Weights, model.Hidden.Bias, visible.Bias, visible.Categories);
        means = weights.Like(visible.Blocks, weights.Columns);
        total = weights.Like(1, weights.Columns);
    }

    /// <inheritdoc/>
    public void Apply()
    {
        weights.CenterBlocks(means);
        total.SetColumnSums(means);
        hiddenBias.SetSum(hiddenBias, 1, total, 1);
        double[] row = visibleBias.ReadRow(0);
        for (int block = 0; block < row.Length; block += categories)
        {
            Span<double> own = row.AsSpan(block, categories);
            double mean = 0;
            foreach (double b in own) mean += b / categories;
            foreach (ref double b in own) b -= mean;
        }
        visibleBias.WriteRow(0, row);
    }
}
