namespace Boltzmann;

/// <content>The way up, the way down, and both.</content>
public sealed partial class Dbn
{
    const int RowsAtOnce = 4096;

    /// <summary>Features of the top layer by means; see <see cref="Transform(Matrix, int)"/>.</summary>
    public Matrix Transform(Matrix visible) => Transform(visible, Layers.Count - 1);

    /// <summary>Features of a layer, [B × its units]: each layer's means given the means of the layer below. Nothing random.</summary>
    /// <param name="visible">[B × visible units].</param>
    /// <param name="layer">From 0, which gives a copy of the rows.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the rows have another width.</exception>
    public Matrix Transform(Matrix visible, int layer) => Up(visible, layer, null);

    /// <summary>
    /// Features of a layer, [B × its units]: the mean of some stochastic passes, in each of which every layer is drawn given the one below.
    /// One pass gives states.
    /// </summary>
    /// <param name="visible">[B × visible units].</param>
    /// <param name="layer">From 0, which gives a copy of the rows.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="passes">1 or more.</param>
    /// <exception cref="ArgumentException">There is no such layer, the rows have another width, or there is no pass.</exception>
    public Matrix SampleTransform(Matrix visible, int layer, Rng rng, int passes = 1) => MeanOf(passes, () => Up(visible, layer, rng));

    /// <summary>
    /// Features of every row of a data set, in memory in the model's own precision; a batch at a time, so that nothing else grows with the
    /// rows. Labels and weights stay.
    /// </summary>
    /// <param name="data">Rows of the visible layer.</param>
    /// <param name="layer">From 0, which gives the data themselves.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the rows have another width.</exception>
    public Dataset Transform(Dataset data, int layer) => Features(data, layer, rows => Up(rows, layer, null));

    /// <summary>
    /// The same with the inputs of each layer multiplied: by 2 in machines that learn with doubled inputs (<see cref="Dbm.From"/>).
    /// </summary>
    /// <param name="data">Rows of the visible layer.</param>
    /// <param name="layer">From 0, which gives the data themselves.</param>
    /// <param name="factors">Of the layers from 1 up.</param>
    internal Dataset Transform(Dataset data, int layer, IReadOnlyList<double> factors) =>
        Features(data, layer, rows => Up(rows, layer, null, factors));

    /// <summary>The same by the mean of some stochastic passes; see <see cref="SampleTransform(Matrix, int, Rng, int)"/>.</summary>
    /// <inheritdoc cref="SampleTransform(Matrix, int, Rng, int)"/>
    /// <param name="data">Rows of the visible layer.</param>
    /// <param name="layer">From 0, which gives the data themselves.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="passes">1 or more.</param>
    public Dataset SampleTransform(Dataset data, int layer, Rng rng, int passes = 1) =>
        Features(data, layer, rows => SampleTransform(rows, layer, rng, passes));

    /// <summary>Visible means by way of means of all layers between, [B × visible units].</summary>
    /// <param name="states">[B × units of the layer]: states or means.</param>
    /// <param name="layer">Which layer they are of; 0 gives a copy.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the states have another width.</exception>
    public Matrix Generate(Matrix states, int layer) => Down(states, layer, null, Descent.Means);

    /// <summary>
    /// The visible layer by a pass down that draws the layers between, [B × visible units]; the mean of several such passes.
    /// </summary>
    /// <param name="states">[B × units of the layer]: states or means.</param>
    /// <param name="layer">Which layer they are of; 0 gives a copy.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="descent">What is drawn.</param>
    /// <param name="passes">1 or more.</param>
    /// <exception cref="ArgumentException">There is no such layer, the states have another width, or there is no pass.</exception>
    public Matrix SampleGenerate(Matrix states, int layer, Rng rng, Descent descent = Descent.VisibleMeans, int passes = 1) =>
        MeanOf(passes, () => Down(states, layer, rng, descent));

    /// <summary>Rows passed up to a layer and down again by means, [B × visible units].</summary>
    /// <param name="visible">[B × visible units].</param>
    /// <param name="layer">How far up.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the rows have another width.</exception>
    public Matrix Reconstruct(Matrix visible, int layer) => Generate(Transform(visible, layer), layer);

    /// <summary>
    /// Rows passed up to a layer by the mean of stochastic passes, and down again by the mean of as many, [B × visible units]; visible
    /// units by their means.
    /// </summary>
    /// <param name="visible">[B × visible units].</param>
    /// <param name="layer">How far up.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="passes">1 or more, each way.</param>
    /// <exception cref="ArgumentException">There is no such layer, the rows have another width, or there is no pass.</exception>
    public Matrix SampleReconstruct(Matrix visible, int layer, Rng rng, int passes = 1) =>
        SampleGenerate(SampleTransform(visible, layer, rng, passes), layer, rng, Descent.VisibleMeans, passes);

    /// <summary>
    /// What each unit of a layer stands for, by weights alone: W₀·W₁·…, [visible units × units of the layer]. For layer 1 these are the
    /// first machine's weights (Lee, Ekanadham and Ng 2008). It leaves out what the units in between do to their inputs; see
    /// <see cref="ProjectActivity"/>.
    /// </summary>
    /// <param name="layer">From 1.</param>
    public Matrix ProjectWeights(int layer)
    {
        Require(layer, least: 1);
        Matrix product = Machines[0].Weights;
        for (int m = 1; m < layer; m++)
        {
            Matrix next = product.Like(Visible.Units, Layers[m + 1].Units);
            next.SetProduct(product, Machines[m].Weights);
            product = next;
        }
        return layer == 1 ? product.Clone() : product;
    }

    /// <summary>
    /// What each unit of a layer stands for, as the visible means it evokes: the unit on (1), all others of its layer off (0), and means
    /// passed down; [units of the layer × visible units].
    /// </summary>
    /// <param name="layer">From 1.</param>
    public Matrix ProjectActivity(int layer)
    {
        int units = Layers[Require(layer, least: 1)].Units;
        var evoked = new Matrix(units, Visible.Units, Placement);
        var row = new double[units];
        for (int first = 0; first < units; first += RowsAtOnce)
        {
            var alone = new Matrix(Math.Min(RowsAtOnce, units - first), units, Placement);
            for (int r = 0; r < alone.Rows; r++)
            {
                row[first + r] = 1;
                alone.WriteRow(r, row);
                row[first + r] = 0;
            }
            evoked.RowRange(first, alone.Rows).SetCopy(Generate(alone, layer));
        }
        return evoked;
    }

    /// <summary>
    /// What each unit of a layer does to the visible means when it alone is turned on: <see cref="ProjectActivity"/> less the means with
    /// the whole layer off; [visible units × units of the layer], a column each, as weights have it.
    /// </summary>
    /// <param name="layer">From 1.</param>
    public Matrix ProjectEffect(int layer)
    {
        double[,] evoked = ProjectActivity(layer).ToArray(), effects = new double[Visible.Units, Layers[layer].Units];
        double[] without = Generate(new Matrix(1, Layers[layer].Units, Placement), layer).ReadRow(0);
        for (int v = 0; v < effects.GetLength(0); v++)
            for (int u = 0; u < effects.GetLength(1); u++) effects[v, u] = evoked[u, v] - without[v];
        return Matrix.From(effects, Placement);
    }

    Matrix Up(Matrix visible, int layer, Rng? rng, IReadOnlyList<double>? factors = null)
    {
        RequireWidth(visible, 0);
        Matrix states = Require(layer) == 0 ? visible.Clone() : visible;
        for (int l = 1; l <= layer; l++)
        {
            Layer above = Machines[l - 1].Hidden;
            Matrix inputs = states.Like(states.Rows, above.Units), next = states.Like(states.Rows, above.Units);
            inputs.SetProduct(states, recognition[l - 1], scale: factors?[l - 1] ?? 1);
            if (rng is null) above.SetMean(inputs, next);
            else above.Sample(inputs, next, rng);
            states = next;
        }
        return states;
    }

    Matrix Down(Matrix states, int layer, Rng? rng, Descent descent)
    {
        RequireWidth(states, Require(layer));
        if (layer == 0) return states.Clone();
        for (int l = layer - 1; l >= 0; l--)
        {
            Matrix next = states.Like(states.Rows, Layers[l].Units);
            if (descent == Descent.Means || (descent == Descent.VisibleMeans && l == 0)) Machines[l].SetVisibleMean(states, next);
            else Machines[l].SampleVisible(states, next, rng!);
            states = next;
        }
        return states;
    }

    static Matrix MeanOf(int passes, Func<Matrix> pass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        Matrix sum = pass();
        for (int p = 1; p < passes; p++) sum.SetSum(sum, 1, pass());
        if (passes > 1) sum.SetSum(sum, 1.0 / passes);
        return sum;
    }

    Dataset Features(Dataset data, int layer, Func<Matrix, Matrix> transform)
    {
        if (data.Columns != Visible.Units)
            throw new ArgumentException($"the model has {Visible.Units} visible units, but {data.Name} has {data.Columns} columns");
        if (Require(layer) == 0) return data;
        var parts = new List<Matrix>();
        for (int first = 0; first < data.Count; first += RowsAtOnce)
            parts.Add(transform(data.ToMatrix(first, Math.Min(RowsAtOnce, data.Count - first), Placement)));
        return new(data.Name, new MatrixRows(parts, Layers[layer].Units))
        {
            Labels = data.Labels,
            LabelNames = data.LabelNames,
            RowWeights = data.RowWeights
        };
    }

    void RequireWidth(Matrix rows, int layer)
    {
        if (rows.Columns != Layers[layer].Units)
            throw new ArgumentException($"layer {layer} has {Layers[layer].Units} units, but the rows have {rows.Columns} columns");
    }
}
