namespace Boltzmann.Training;

/// <summary>
/// Multi-prediction training (Goodfellow, Mirza, Courville and Bengio 2013): a random part of the visible units is hidden from the machine,
/// mean-field inference of a fixed number of sweeps predicts it from the rest, and the prediction's log-probability is followed uphill by
/// back-propagation through all those sweeps. It needs no chains and no pre-training, and teaches what inference itself will do; it is no
/// gradient of the likelihood.
/// </summary>
/// <remarks>
/// Objective per row: Σ over missing units of log q(v_i), q the mean-field distribution after <see cref="Steps"/> sweeps, each updating the
/// odd, then the even side of the layers, from means by the biases alone. Units: those whose mean has a slope
/// (<see cref="Layer.HasSlope"/>), such as two-valued ones and softmaxes of one draw, and of whose parameters the bias alone learns,
/// in layers with two <see cref="EnergyModel.Sides"/>.
/// </remarks>
/// <param name="steps">Sweeps; 5 to 10.</param>
/// <param name="missing">Chance that a visible unit, or a row's label, is to be predicted.</param>
public sealed class MultiPrediction(int steps = 5, double missing = 0.5) : IGradientEstimator
{
    readonly double missing = missing is > 0 and <= 1 ? missing : throw new ArgumentOutOfRangeException(nameof(missing),
        $"the share of missing units must be above 0 and at most 1, not {missing}");
    Pass? pass;

    /// <inheritdoc/>
    public string Name => "mp";

    /// <summary>Mean-field sweeps.</summary>
    public int Steps
    {
        get;
        set => field = PositivePhase.RequireSteps(value);
    } = PositivePhase.RequireSteps(steps);

    /// <summary>Nothing: every batch stands for itself.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Units of another kind, or layers without two sides.</exception>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        if (pass?.Model != model) pass = new Pass(model);
        pass.Forward(batch.State, Steps, missing, rng);
        gradient.SetPositive(batch);
        pass.Backward(batch, gradient);
    }

    /// <summary>Whether it can teach a layer: the mean has a slope, and the bias alone learns.</summary>
    public static bool Takes(Layer layer) => layer.HasSlope && layer.Parameters.Skip(1).All(p => p.IsFixed);

    // All columns are one unit, there or not there together.
    static bool IsOneUnit(Layer layer) => layer.ColumnsPerUnit == layer.Units;

    /// <summary>The objective of one draw of missing units, summed over the rows: what the gradient belongs to.</summary>
    internal double Objective(EnergyModel model, State data, Rng rng)
    {
        var once = new Pass(model);
        once.Forward(data, Steps, missing, rng);
        return once.LogProbability(data);
    }

    /// <summary>The unrolled sweeps of a batch: time 0 are the means by biases, each sweep has a state of its own.</summary>
    sealed class Pass
    {
        readonly LayerSides sides;
        readonly List<PhaseStates> times = [];
        readonly PhaseStates errors;
        readonly BatchScratch[] known, unknown, kept, presentOf;
        readonly Matrix one, chance;
        readonly List<State> states = [];
        readonly List<BatchScratch> copies = [];
        int copiesUsed;
        Matrix[] isKnown = [], isUnknown = [], keptValues = [];

        public Pass(EnergyModel model)
        {
            Model = model;
            sides = model.Sides ?? throw new ArgumentException("multi-prediction training needs layers with two sides, each independent "
                + "given the other");
            foreach (Layer layer in model.Layers)
                if (!Takes(layer))
                    throw new ArgumentException("multi-prediction training needs two-valued units, softmaxes of one draw or others whose "
                        + $"mean has a slope and whose bias alone learns, not {layer}");
            errors = new PhaseStates(model);
            one = Matrix.Row(1, 1, model.Placement);
            chance = new Matrix(1, 1, model.Placement);
            known = [.. model.VisibleLayers.Select(_ => new BatchScratch())];
            unknown = [.. model.VisibleLayers.Select(_ => new BatchScratch())];
            kept = [.. model.VisibleLayers.Select(_ => new BatchScratch())];
            presentOf = [.. model.VisibleLayers.Select(_ => new BatchScratch())];
        }

        public EnergyModel Model { get; }

        public void Forward(State data, int sweeps, double missing, Rng rng)
        {
            HideUnits(data, missing, rng);
            while (times.Count <= sweeps) times.Add(new PhaseStates(Model));
            states.Clear();
            for (int t = 0; t <= sweeps; t++) states.Add(times[t].Of(data.Rows));
            for (int l = 0; l < Model.Layers.Count; l++)
            {
                states[0].Inputs(l).Fill(0);
                SetMean(states[0], l);
            }
            for (int t = 1; t <= sweeps; t++)
            {
                State now = states[t];
                for (int i = 0; i < sides.Even.Count; i++) now[sides.Even[i]].SetCopy(states[t - 1][sides.Even[i]]);
                Update(now, sides.Odd);
                Update(now, sides.Even);
            }
            // Penalties and centring see the hidden means of the last sweep.
            for (int i = 0; i < Model.HiddenLayers.Count; i++) data[Model.HiddenLayers[i]].SetCopy(states[^1][Model.HiddenLayers[i]]);
        }

        public double LogProbability(State data)
        {
            double sum = 0;
            for (int i = 0; i < Model.VisibleLayers.Count; i++)
            {
                int l = Model.VisibleLayers[i];
                for (int r = 0; r < data.Rows; r++) sum += LogOf(Model.Layers[l], data[l], states[^1].Inputs(l), isUnknown[i], r);
            }
            return sum;
        }

        public void Backward(in Batch batch, Gradient gradient)
        {
            // Errors by the inputs of each layer, from the last sweep back to the biases that the first one began with.
            State error = errors.Of(batch.State.Rows);
            for (int l = 0; l < Model.Layers.Count; l++) error.Inputs(l).Fill(0);
            AddLoss(error, sides.Even, batch);
            double scale = 1 / batch.TotalWeight;
            for (int t = states.Count - 1; t >= 1; t--)
            {
                Descend(error, sides.Even, sides.Odd, states[t], scale, gradient);
                if (t == states.Count - 1) AddLoss(error, sides.Odd, batch);
                Descend(error, sides.Odd, sides.Even, states[t - 1], scale, gradient);
            }
            for (int i = 0; i < sides.Even.Count; i++) AddBias(error, sides.Even[i], scale, gradient);
        }

        // Of log q by the inputs: what is there less what was predicted, for every kind of units.
        void AddLoss(State error, IReadOnlyList<int> side, in Batch batch)
        {
            for (int i = 0; i < side.Count; i++)
            {
                int l = side[i], visible = IndexOfVisible(l);
                if (visible < 0) continue;
                error[l].SetSum(batch.State[l], 1, states[^1][l], -1);
                error[l].SetScaled(error[l], isUnknown[visible]);
                if (batch.RowWeights is not null) error[l].SetScaled(error[l], batch.RowWeights);
                error.Inputs(l).SetSum(error.Inputs(l), 1, error[l]);
            }
        }

        // One half-sweep backwards: from errors by the inputs of the layers it set, gradients of their weights and biases, and errors by
        // the inputs of those they were set from.
        void Descend(State error, IReadOnlyList<int> to, IReadOnlyList<int> from, State source, double scale, Gradient gradient)
        {
            for (int i = 0; i < to.Count; i++)
            {
                AddBias(error, to[i], scale, gradient);
                Matrix copy = Copy(error, to[i]);
                error[to[i]].SetCopy(error.Inputs(to[i]));
                for (int k = 0; k < Model.Interactions.Count; k++)
                    if (Model.Interactions[k].Joins(to[i]))
                        Model.Interactions[k].AddInputMoments(source, to[i], copy, scale, gradient.Of(k));
            }
            for (int i = 0; i < from.Count; i++)
            {
                Matrix back = error.Inputs(from[i]);
                Model.SetInputs(error, from[i], back);
                Model.Layers[from[i]].MultiplySlope(source[from[i]], source.Inputs(from[i]), back, source.Workspace);
                int visible = IndexOfVisible(from[i]);
                if (visible >= 0) back.SetScaled(back, isUnknown[visible]);
            }
        }

        // The factors of a gradient are read after the sweep has gone on, so each half-sweep's errors need memory of their own.
        Matrix Copy(State error, int layer)
        {
            if (copiesUsed == copies.Count) copies.Add(new());
            Matrix copy = copies[copiesUsed++].Like(error.Inputs(layer));
            copy.SetCopy(error.Inputs(layer));
            return copy;
        }

        static void AddBias(State error, int layer, double scale, Gradient gradient) =>
            gradient.Bias(layer).SetColumnSums(error.Inputs(layer), scale: scale, keep: 1);

        void HideUnits(State data, double missing, Rng rng)
        {
            copiesUsed = 0;
            chance.Fill(missing);
            int count = Model.VisibleLayers.Count;
            if (isKnown.Length != count) (isKnown, isUnknown, keptValues) = (new Matrix[count], new Matrix[count], new Matrix[count]);
            for (int i = 0; i < count; i++)
            {
                Matrix rows = data[Model.VisibleLayers[i]];
                // A softmax is one unit: all of its columns are there or none.
                int columns = IsOneUnit(Model.Layers[Model.VisibleLayers[i]]) ? 1 : rows.Columns;
                Matrix there = isKnown[i] = known[i].Of(rows.Rows, columns, rows.Placement),
                    gone = isUnknown[i] = unknown[i].Of(rows.Rows, columns, rows.Placement);
                there.SampleUniform(rng);
                there.SetGreater(there, chance);
                gone.SetSum(there, -1, one);
                if (data.Present(Model.VisibleLayers[i]) is Matrix present) LeaveOut(gone, present, i);
                keptValues[i] = kept[i].Like(rows);
                keptValues[i].SetScaled(rows, there);
            }
        }

        // An absent unit is 0 and predicts nothing; nor is it to be predicted.
        void LeaveOut(Matrix gone, Matrix present, int place)
        {
            Matrix own = presentOf[place].Like(gone);
            own.SetColumns(present, 0);
            gone.SetScaled(gone, own);
        }

        void Update(State state, IReadOnlyList<int> layers)
        {
            for (int i = 0; i < layers.Count; i++)
            {
                Model.SetInputs(state, layers[i], state.Inputs(layers[i]));
                SetMean(state, layers[i]);
            }
        }

        void SetMean(State state, int layer)
        {
            Model.Layers[layer].SetMean(state.Inputs(layer), state[layer]);
            int visible = IndexOfVisible(layer);
            if (visible < 0) return;
            state[layer].SetScaled(state[layer], isUnknown[visible]);
            state[layer].SetSum(state[layer], 1, keptValues[visible]);
        }

        int IndexOfVisible(int layer)
        {
            for (int i = 0; i < Model.VisibleLayers.Count; i++)
                if (Model.VisibleLayers[i] == layer) return i;
            return -1;
        }

        // log q of a row's missing units.
        static double LogOf(Layer layer, Matrix states, Matrix input, Matrix missing, int row)
        {
            double[] x = states.ReadRow(row), inputs = input.ReadRow(row), unknown = missing.ReadRow(row), bias = layer.Bias.ReadRow(0);
            double sum = 0;
            if (layer.Pair is (double low, double high))
            {
                for (int u = 0; u < bias.Length; u++)
                    if (unknown[u] != 0)
                        sum += x[u] * (bias[u] + inputs[u]) - Scalar.LogSumExp([low * (bias[u] + inputs[u]), high * (bias[u] + inputs[u])]);
                return sum;
            }
            if (!unknown.Contains(1)) return 0;
            // Of other kinds a layer knows the sum over all its columns.
            if (unknown.Contains(0))
                throw new NotSupportedException($"log q of some {layer.Kind} units and not of the others is not known");
            var log = new Matrix(1, 1, states.Placement);
            layer.AddLogNormalizer(input.RowRange(row, 1), log, -1);
            layer.AddEnergy(states.RowRange(row, 1), log, -1);
            for (int u = 0; u < x.Length; u++) sum += x[u] * inputs[u];
            return log[0, 0] + sum;
        }
    }
}
