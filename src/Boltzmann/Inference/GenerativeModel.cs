namespace Boltzmann.Inference;

/// <summary>
/// A model of rows as the commands use it, whichever its kind: rows go up to its hidden layers and down again, and chains run in the
/// undirected part of it.
/// </summary>
abstract class GenerativeModel
{
    /// <summary>The visible layer and, from the lowest up, the hidden ones.</summary>
    public abstract IReadOnlyList<Layer> Layers { get; }

    /// <summary>The classes it knows beside the rows; null for none.</summary>
    public abstract MultinomialLayer? Labels { get; }

    /// <summary>All of its parameters.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The machine that chains run in.</summary>
    public abstract EnergyModel Undirected { get; }

    /// <summary>The layers below that machine, 0 where it sees the rows themselves.</summary>
    public abstract int Below { get; }

    /// <summary>The layer that reconstructions come from unless another is asked for.</summary>
    public abstract int ReconstructionLayer { get; }

    /// <summary>The layers that the columns of a row are divided among.</summary>
    public abstract IReadOnlyList<Layer> RowLayers { get; }

    /// <summary>Values of a row.</summary>
    public int Columns => RowLayers.Sum(layer => layer.Units);

    /// <summary>The first units that data clamp, and mostly all of them.</summary>
    public Layer Visible => Layers[0];

    /// <summary>The number of the highest hidden layer.</summary>
    public int Top => Layers.Count - 1;

    /// <summary>Where it computes.</summary>
    public Placement Placement => Visible.Placement;

    /// <summary>A copy elsewhere.</summary>
    public abstract GenerativeModel Clone(Placement placement);

    /// <summary>Means of a hidden layer given rows, [B × units].</summary>
    /// <param name="rows">[B × visible units].</param>
    /// <param name="layer">From 1.</param>
    public abstract Matrix Transform(Matrix rows, int layer);

    /// <summary>Means of several hidden layers given rows.</summary>
    /// <param name="rows">[B × visible units].</param>
    /// <param name="layers">From 1.</param>
    public abstract IReadOnlyList<Matrix> TransformAll(Matrix rows, IReadOnlyList<int> layers);

    /// <summary>Features of a hidden layer by one pass upward, each layer hearing from below alone.</summary>
    /// <param name="rows">[B × visible units].</param>
    /// <param name="layer">From 1.</param>
    /// <param name="doubled">Whether layers that would hear from above, too, hear twice.</param>
    public abstract Matrix TransformUpward(Matrix rows, int layer, bool doubled);

    /// <summary>Throws unless it has such a way up.</summary>
    /// <exception cref="BadInputException">It has none.</exception>
    public abstract void RequireUpward(bool doubled);

    /// <summary>The mean of some draws of a hidden layer given rows.</summary>
    public abstract Matrix SampleTransform(Matrix rows, int layer, Rng rng, int passes = 1);

    /// <summary>Visible means given states of a hidden layer, [B × visible units].</summary>
    /// <param name="states">[B × units].</param>
    /// <param name="layer">From 1; of machines without hidden units 0, and each unit hears the others.</param>
    public abstract Matrix Generate(Matrix states, int layer);

    /// <summary>The same with something drawn on the way, as the mean of some passes.</summary>
    public abstract Matrix SampleGenerate(Matrix states, int layer, Rng rng, Descent descent = Descent.VisibleMeans, int passes = 1);

    /// <summary>
    /// What pixels gain when a unit of a layer alone is turned on; of the first layer its weights. [visible units × units].
    /// </summary>
    /// <param name="layer">From 1.</param>
    public abstract Matrix Filters(int layer);

    /// <summary>The weights between a layer and the one below it.</summary>
    /// <param name="layer">From 1.</param>
    public abstract Matrix Weights(int layer);

    /// <summary>The loadings of the units of the first hidden layer, those with the largest weights first.</summary>
    /// <param name="top">Visible units to name on each side.</param>
    public abstract IReadOnlyList<FactorLoading> Factors(int top);

    /// <summary>Puts chains at rows; what is not visible is drawn given them.</summary>
    public abstract void Start(State chains, Matrix rows, Rng rng);

    /// <summary>Rows as layer 0 of <see cref="Undirected"/> sees them.</summary>
    public abstract Matrix Lower(Matrix rows, Rng rng);

    /// <summary>
    /// Rows as starts of an annealing backwards: the visible layers of <see cref="Undirected"/> side by side, or its layer 0 alone.
    /// </summary>
    public abstract Matrix AnnealingStart(Matrix rows, Rng rng);

    /// <summary>log p(class | row), [B × classes].</summary>
    public abstract Matrix PredictLogProbabilities(Matrix rows);

    /// <summary>Whether rows have draws of their own.</summary>
    public bool DrawsByRow => Visible.DrawsByRow;

    /// <summary>The model of rows of so many draws, over the same parameters.</summary>
    /// <exception cref="BadInputException">This kind has none.</exception>
    public virtual GenerativeModel WithDraws(int draws) =>
        throw new BadInputException($"draws by row are of an rbm or a dbn; this is {this}");

    /// <summary>What it makes of rows by way of a layer, [B × visible units].</summary>
    public Matrix Reconstruct(Matrix rows, int layer) =>
        AsManyDraws(rows, model => model.Generate(Transform(rows, layer), layer));

    /// <summary>The same with units drawn, as the mean of some passes each way.</summary>
    public Matrix SampleReconstruct(Matrix rows, int layer, Rng rng, int passes) =>
        AsManyDraws(rows, model => model.SampleGenerate(SampleTransform(rows, layer, rng, passes), layer, rng, Descent.VisibleMeans,
            passes));

    // Means of one draw, times the draws of each row.
    Matrix AsManyDraws(Matrix rows, Func<GenerativeModel, Matrix> generate)
    {
        if (!DrawsByRow) return generate(this);
        Matrix means = generate(WithDraws(1)), draws = rows.Like(rows.Rows, 1);
        draws.AddRowSums(rows);
        means.SetScaled(means, draws);
        return means;
    }

    /// <summary>The mean of some passes.</summary>
    private protected static Matrix MeanOf(int passes, Func<Matrix> pass)
    {
        Matrix sum = pass();
        for (int p = 1; p < passes; p++) sum.SetSum(sum, 1, pass());
        if (passes > 1) sum.SetSum(sum, 1.0 / passes);
        return sum;
    }
}
