namespace Boltzmann;

/// <content>The way up, the way down, and both.</content>
public static partial class Answers
{
    const int StackRows = 4096;

    /// <param name="dbn">The stack.</param>
    extension(Dbn dbn)
    {
        /// <summary>Features of the top layer by means; see <see cref="Transform(Dbn, Matrix, int)"/>.</summary>
        public Matrix Transform(Matrix visible) => dbn.Transform(visible, dbn.Layers.Count - 1);

        /// <summary>Features of a layer, [B × its units]: each layer's means given the means of the layer below. Nothing random.</summary>
        /// <param name="visible">[B × visible units].</param>
        /// <param name="layer">From 0, which gives a copy of the rows.</param>
        /// <exception cref="ArgumentException">There is no such layer, or the rows have another width.</exception>
        public Matrix Transform(Matrix visible, int layer) => dbn.Up(visible, layer, null);

        /// <summary>
        /// Features of a layer, [B × its units]: the mean of some stochastic passes, in each of which every layer is drawn given the one
        /// below. One pass gives states.
        /// </summary>
        /// <param name="visible">[B × visible units].</param>
        /// <param name="layer">From 0, which gives a copy of the rows.</param>
        /// <param name="rng">Source of randomness.</param>
        /// <param name="passes">1 or more.</param>
        /// <exception cref="ArgumentException">There is no such layer, the rows have another width, or there is no pass.</exception>
        public Matrix SampleTransform(Matrix visible, int layer, Rng rng, int passes = 1) =>
            MeanOf(passes, () => dbn.Up(visible, layer, rng));

        /// <summary>
        /// Features of every row of a data set, in memory in the model's own precision; a batch at a time, so that nothing else grows with
        /// the rows. Labels and weights stay.
        /// </summary>
        /// <param name="data">Rows of the visible layer.</param>
        /// <param name="layer">From 0, which gives the data themselves.</param>
        /// <exception cref="ArgumentException">There is no such layer, or the rows have another width.</exception>
        public Dataset Transform(Dataset data, int layer) => dbn.Features(data, layer, rows => dbn.Up(rows, layer, null));

        /// <summary>
        /// The same with the inputs of each layer multiplied: by 2 in machines that learn with doubled inputs (<see cref="Dbm.From"/>).
        /// </summary>
        /// <param name="data">Rows of the visible layer.</param>
        /// <param name="layer">From 0, which gives the data themselves.</param>
        /// <param name="factors">Of the layers from 1 up.</param>
        internal Dataset Transform(Dataset data, int layer, IReadOnlyList<double> factors) =>
            dbn.Features(data, layer, rows => dbn.Up(rows, layer, null, factors));

        /// <summary>
        /// The same by the mean of some stochastic passes; see <see cref="SampleTransform(Dbn, Matrix, int, Rng, int)"/>.
        /// </summary>
        /// <inheritdoc cref="SampleTransform(Dbn, Matrix, int, Rng, int)"/>
        /// <param name="data">Rows of the visible layer.</param>
        /// <param name="layer">From 0, which gives the data themselves.</param>
        /// <param name="rng">Source of randomness.</param>
        /// <param name="passes">1 or more.</param>
        public Dataset SampleTransform(Dataset data, int layer, Rng rng, int passes = 1) =>
            dbn.Features(data, layer, rows => dbn.SampleTransform(rows, layer, rng, passes));

        /// <summary>Visible means by way of means of all layers between, [B × visible units].</summary>
        /// <param name="states">[B × units of the layer]: states or means.</param>
        /// <param name="layer">Which layer they are of; 0 gives a copy.</param>
        /// <exception cref="ArgumentException">There is no such layer, or the states have another width.</exception>
        public Matrix Generate(Matrix states, int layer) => dbn.Down(states, layer, null, Descent.Means);

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
            MeanOf(passes, () => dbn.Down(states, layer, rng, descent));

        /// <summary>Rows passed up to a layer and down again by means, [B × visible units].</summary>
        /// <param name="visible">[B × visible units].</param>
        /// <param name="layer">How far up.</param>
        /// <exception cref="ArgumentException">There is no such layer, or the rows have another width.</exception>
        public Matrix Reconstruct(Matrix visible, int layer) => dbn.Generate(dbn.Transform(visible, layer), layer);

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
            dbn.SampleGenerate(dbn.SampleTransform(visible, layer, rng, passes), layer, rng, Descent.VisibleMeans, passes);

        /// <summary>
        /// What each unit of a layer stands for, by weights alone: W₀·W₁·…, [visible units × units of the layer]. For layer 1 these are the
        /// first machine's weights (Lee, Ekanadham and Ng 2008). It leaves out what the units in between do to their inputs; see
        /// <see cref="ProjectActivity"/>.
        /// </summary>
        /// <param name="layer">From 1.</param>
        public Matrix ProjectWeights(int layer)
        {
            dbn.Require(layer, least: 1);
            Matrix product = dbn.Machines[0].Weights;
            for (int m = 1; m < layer; m++)
            {
                Matrix next = product.Like(dbn.Visible.Units, dbn.Layers[m + 1].Units);
                next.SetProduct(product, dbn.Machines[m].Weights);
                product = next;
            }
            return layer == 1 ? product.Clone() : product;
        }

        /// <summary>
        /// What each unit of a layer stands for, as the visible means it evokes: the unit on (1), all others of its layer off (0), and
        /// means passed down; [units of the layer × visible units].
        /// </summary>
        /// <param name="layer">From 1.</param>
        public Matrix ProjectActivity(int layer)
        {
            int units = dbn.Layers[dbn.Require(layer, least: 1)].Units;
            var evoked = new Matrix(units, dbn.Visible.Units, dbn.Placement);
            var row = new double[units];
            for (int first = 0; first < units; first += StackRows)
            {
                var alone = new Matrix(Math.Min(StackRows, units - first), units, dbn.Placement);
                for (int r = 0; r < alone.Rows; r++)
                {
                    row[first + r] = 1;
                    alone.WriteRow(r, row);
                    row[first + r] = 0;
                }
                evoked.RowRange(first, alone.Rows).SetCopy(dbn.Generate(alone, layer));
            }
            return evoked;
        }

        /// <summary>
        /// What each unit of a layer does to the visible means when it alone is turned on: <see cref="ProjectActivity"/> less the means
        /// with the whole layer off; [visible units × units of the layer], a column each, as weights have it.
        /// </summary>
        /// <param name="layer">From 1.</param>
        public Matrix ProjectEffect(int layer)
        {
            double[,] evoked = dbn.ProjectActivity(layer).ToArray(), effects = new double[dbn.Visible.Units, dbn.Layers[layer].Units];
            double[] without = dbn.Generate(new Matrix(1, dbn.Layers[layer].Units, dbn.Placement), layer).ReadRow(0);
            for (int v = 0; v < effects.GetLength(0); v++)
                for (int u = 0; u < effects.GetLength(1); u++) effects[v, u] = evoked[u, v] - without[v];
            return Matrix.From(effects, dbn.Placement);
        }

        Matrix Up(Matrix visible, int layer, Rng? rng, IReadOnlyList<double>? factors = null)
        {
            dbn.RequireWidth(visible, 0);
            Matrix states = dbn.Require(layer) == 0 ? visible.Clone() : visible;
            for (int l = 1; l <= layer; l++)
            {
                Layer above = dbn.Machines[l - 1].Hidden;
                Matrix inputs = states.Like(states.Rows, above.Units), next = states.Like(states.Rows, above.Units);
                inputs.SetProduct(states, dbn.RecognitionWeights(l), scale: factors?[l - 1] ?? 1);
                if (rng is null) above.SetMean(inputs, next);
                else above.Sample(inputs, next, rng);
                states = next;
            }
            return states;
        }

        Matrix Down(Matrix states, int layer, Rng? rng, Descent descent)
        {
            dbn.RequireWidth(states, dbn.Require(layer));
            if (layer == 0) return states.Clone();
            for (int l = layer - 1; l >= 0; l--)
            {
                Matrix next = states.Like(states.Rows, dbn.Layers[l].Units);
                if (descent == Descent.Means || (descent == Descent.VisibleMeans && l == 0)) dbn.Machines[l].SetVisibleMean(states, next);
                else dbn.Machines[l].SampleVisible(states, next, rng!);
                states = next;
            }
            return states;
        }

        Dataset Features(Dataset data, int layer, Func<Matrix, Matrix> transform)
        {
            if (data.Columns != dbn.Visible.Units)
                throw new ArgumentException($"the model has {dbn.Visible.Units} visible units, but {data.Name} has {data.Columns} columns");
            if (dbn.Require(layer) == 0) return data;
            data = data.Observed();
            var parts = new List<Matrix>();
            for (int first = 0; first < data.Count; first += StackRows)
                parts.Add(transform(data.ToMatrix(first, Math.Min(StackRows, data.Count - first), dbn.Placement)));
            return new(data.Name, new MatrixRows(parts, dbn.Layers[layer].Units))
            {
                Labels = data.Labels,
                LabelNames = data.LabelNames,
                RowWeights = data.RowWeights
            };
        }

        void RequireWidth(Matrix rows, int layer)
        {
            if (rows.Columns != dbn.Layers[layer].Units)
                throw new ArgumentException($"layer {layer} has {dbn.Layers[layer].Units} units, but the rows have {rows.Columns} columns");
        }
    }

    static Matrix MeanOf(int passes, Func<Matrix> pass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        Matrix sum = pass();
        for (int p = 1; p < passes; p++) sum.SetSum(sum, 1, pass());
        if (passes > 1) sum.SetSum(sum, 1.0 / passes);
        return sum;
    }
}
