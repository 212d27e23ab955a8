namespace Boltzmann;

/// <content>What rows say about features and classes, and back; a part of the rows at a time.</content>
public static partial class Answers
{
    const int DeepRows = 1024;

    /// <param name="dbm">The machine.</param>
    extension(Dbm dbm)
    {
        /// <summary>Features of the top layer by mean-field inference; see <see cref="Transform(Dbm, Matrix, int, MeanField?)"/>.</summary>
        /// <param name="visible">[N × visible units], of any precision.</param>
        /// <param name="inference">Its defaults when null.</param>
        public Matrix Transform(Matrix visible, MeanField? inference = null) => dbm.Transform(visible, dbm.Top, inference);

        /// <summary>
        /// μ of a hidden layer under the mean-field posterior given the rows, [N × its units]: what the layer does with all others settled.
        /// Labels, if there are any, are inferred too.
        /// </summary>
        /// <param name="visible">[N × visible units], of any precision.</param>
        /// <param name="layer">From 0, which gives a copy of the rows, to <see cref="Dbm.Top"/>.</param>
        /// <param name="inference">Its defaults when null.</param>
        /// <exception cref="ArgumentException">There is no such layer, or the rows have another width.</exception>
        public Matrix Transform(Matrix visible, int layer, MeanField? inference = null)
        {
            if (dbm.RequireLayer(layer) == 0) return visible.Clone();
            return dbm.Infer(visible, layer, inference ?? new(), state => state[layer]);
        }

        /// <summary>
        /// Features of a hidden layer by one pass upward, [N × its units]: each layer's means given those of the layer below, whose inputs
        /// are doubled where the layer also has one above (Salakhutdinov and Hinton 2009). What mean-field inference begins with, and the
        /// features of a network that does without the means of the layers above.
        /// </summary>
        /// <param name="visible">[N × visible units], of any precision.</param>
        /// <param name="layer">From 0, which gives a copy of the rows, to <see cref="Dbm.Top"/>.</param>
        /// <param name="doubled">Whether to double these inputs; without, the pass is that of a plain network of the same weights.</param>
        /// <exception cref="ArgumentException">There is no such layer, or the rows have another width.</exception>
        public Matrix TransformUpward(Matrix visible, int layer, bool doubled = true)
        {
            dbm.RequireLayer(layer);
            dbm.RequireWidth(visible);
            Matrix below = dbm.Here(visible);
            for (int l = 1; l <= layer; l++)
            {
                Matrix inputs = below.Like(below.Rows, dbm.Layers[l].Units), means = below.Like(below.Rows, dbm.Layers[l].Units);
                inputs.SetProduct(below, dbm.Weights(l - 1), scale: doubled && l < dbm.Layers.Count - 1 ? 2 : 1);
                dbm.Layers[l].SetMean(inputs, means);
                below = means;
            }
            return layer == 0 ? visible.Clone() : below;
        }

        /// <summary>
        /// E[v | h₁ = μ₁], [N × visible units]: the rows as the means of the first hidden layer tell them, which inference has settled with
        /// all layers above.
        /// </summary>
        /// <param name="visible">[N × visible units], of any precision.</param>
        /// <param name="inference">Its defaults when null.</param>
        /// <exception cref="ArgumentException">The rows have another width.</exception>
        public Matrix Reconstruct(Matrix visible, MeanField? inference = null) => dbm.Infer(visible, 0, inference ?? new(), state =>
        {
            dbm.SetInputs(state, 0, state.Inputs(0));
            dbm.Visible.SetMean(state.Inputs(0), state[0]);
            return state[0];
        });

        /// <summary>
        /// log p(y|v) of every class, [N × classes], in nats, with the mean-field bound on log p(v, y) for the logarithm itself: exact
        /// where there is one hidden layer, else as good as bounds of the classes are equally loose.
        /// </summary>
        /// <param name="visible">[N × visible units], of any precision.</param>
        /// <param name="inference">Its defaults when null.</param>
        /// <exception cref="ArgumentException">The machine has no labels, or the rows have another width.</exception>
        public Matrix PredictLogProbabilities(Matrix visible, MeanField? inference = null)
        {
            MultinomialLayer labels = dbm.Labels ?? throw new ArgumentException("this machine has no labels");
            dbm.RequireWidth(visible);
            inference ??= new();
            var result = new Matrix(visible.Rows, labels.Units, dbm.Placement);
            int labelLayer = dbm.LabelLayer!.Value;
            State? all = null;
            for (int first = 0; first < visible.Rows; first += DeepRows)
            {
                Matrix rows = visible.RowRange(first, Math.Min(DeepRows, visible.Rows - first));
                State state = (all ??= new State(dbm, rows.Rows)).First(rows.Rows);
                Matrix bound = state[0].Like(rows.Rows, 1), ofClass = bound.Like(1, labels.Units),
                    spread = bound.Like(rows.Rows, labels.Units);
                Matrix part = result.RowRange(first, rows.Rows);
                for (int y = 0; y < labels.Units; y++)
                {
                    state[0].SetCopy(rows);
                    ofClass.WriteRow(0, [.. Enumerable.Range(0, labels.Units).Select(k => k == y ? 1.0 : 0)]);
                    for (int r = 0; r < rows.Rows; r++) state[labelLayer].RowRange(r, 1).SetCopy(ofClass);
                    inference.Infer(dbm, state);
                    bound.Fill(0);
                    MeanField.AddBound(dbm, state, dbm.HiddenLayers, bound);
                    spread.SetProduct(bound, ofClass);
                    part.SetSum(part, 1, spread);
                }
                // A layer without biases sums to log Σ_y e^{bound}.
                Matrix sums = bound.Like(rows.Rows, 1);
                new MultinomialLayer(labels.Units, labels.Units, 1, dbm.Placement).AddLogNormalizer(part, sums);
                part.SetSum(part, 1, sums, -1);
            }
            return result;
        }

        /// <summary>
        /// The most probable class of each row; the first of several. See <see cref="PredictLogProbabilities(Dbm, Matrix, MeanField?)"/>.
        /// </summary>
        /// <inheritdoc cref="PredictLogProbabilities(Dbm, Matrix, MeanField?)"/>
        public int[] Predict(Matrix visible, MeanField? inference = null) =>
            dbm.PredictLogProbabilities(visible, inference).LargestOfRows();

        Matrix Infer(Matrix visible, int layer, MeanField inference, Func<State, Matrix> read)
        {
            dbm.RequireWidth(visible);
            Matrix result = visible.Like(visible.Rows, dbm.Layers[layer].Units);
            int[] free = [.. Enumerable.Range(1, dbm.Layers.Count - 1)];
            State? all = null;
            for (int first = 0; first < visible.Rows; first += DeepRows)
            {
                Matrix rows = visible.RowRange(first, Math.Min(DeepRows, visible.Rows - first));
                State state = (all ??= new State(dbm, rows.Rows)).First(rows.Rows);
                state[0].SetCopy(rows);
                inference.Infer(dbm, state, free);
                result.RowRange(first, rows.Rows).SetCopy(read(state));
            }
            return result;
        }

        int RequireLayer(int layer) => layer >= 0 && layer <= dbm.Top ? layer
            : throw new ArgumentOutOfRangeException(nameof(layer), $"the machine's layers are 0 to {dbm.Top}, not {layer}");

        void RequireWidth(Matrix rows)
        {
            if (rows.Columns != dbm.Visible.Units)
                throw new ArgumentException($"the model has {dbm.Visible.Units} visible units, but the rows have {rows.Columns} columns");
        }
    }
}
