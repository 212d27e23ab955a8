using System.Runtime.InteropServices;

namespace Boltzmann.Training;

/// <summary>
/// Conditionals of visible units one by one, hidden layers summed out: what <see cref="PseudoLikelihoodGradient"/> needs where they have no
/// common product. For unit i and its other values a, q_a = e^{F(v) − F(v^a)} / (1 + Σ_b e^{F(v) − F(v^b)}) is the probability of that
/// value, and the slope of log p(v_i | v_−i) is Σ_a q_a·(t(v) − t(v^a)), t = −∂F: the statistics of a row, hidden means included.
/// </summary>
/// <param name="model">Hidden layers are independent given the visible ones, whose units list their values.</param>
sealed class FlippedUnits(EnergyModel model)
{
    readonly Hidden[] hidden = [.. model.HiddenLayers.Select(l => new Hidden(model, l))];
    readonly BatchScratch logs = new(), unitWeights = new(), changeWeights = new();
    readonly LayerSet given = LayerSet.Of(model.HiddenLayers).Others;
    double[] row = [];

    /// <summary>
    /// Sets the errors of visible layers, Σ_a q_a·(v_i − v_i^a) by the row's weight, and adds what hidden layers and their weights get.
    /// </summary>
    /// <param name="batch">Data; its hidden layers receive their means.</param>
    /// <param name="gradient">Receives the part of the hidden layers.</param>
    /// <param name="errors">One for each visible layer, [B × units].</param>
    public void Add(in Batch batch, Gradient gradient, IReadOnlyList<Matrix> errors)
    {
        foreach (Hidden h in hidden) h.Start(batch.State);
        double[]? rowWeights = batch.RowWeights?.ReadColumn(0);
        for (int i = 0; i < errors.Count; i++) AddLayer(batch, gradient, model.VisibleLayers[i], rowWeights, errors[i]);
        foreach (Hidden h in hidden) h.Finish(batch, gradient);
    }

    void AddLayer(in Batch batch, Gradient gradient, int layer, double[]? rowWeights, Matrix errors)
    {
        State data = batch.State;
        Layer visible = model.Layers[layer];
        int rows = data.Rows, columns = visible.ColumnsPerUnit;
        Joint[] above = [.. hidden.SelectMany(h => h.Joints).Where(j => j.Visible == layer)];
        foreach (Joint joint in above) joint.Start();
        // F moves by the visible units' own inputs and by what hidden layers hear.
        Matrix own = data.Inputs(layer), sums = logs.Of(rows, 1, model.Placement), weight = unitWeights.Of(rows, 1, model.Placement),
            byChange = changeWeights.Of(rows, 1, model.Placement);
        model.SetInputs(data, layer, own, given, LayerSet.None, 0);
        own.SetSum(own, 1, visible.Bias);
        double[,] inputs = own.ToArray();
        sums.Fill(0);
        foreach (Joint joint in above) joint.Hidden.AddLogNormalizer(sums);
        double[] before = sums.ReadColumn(0);
        double[][,] changes = [.. Enumerable.Range(1, visible.Alternatives).Select(a => Changes(visible, data[layer], a))];
        var odds = new double[visible.Alternatives, rows];
        // Units that are absent or clamped have no conditional.
        double[,]? free = data.Free(layer)?.ToArray();
        var error = new double[rows, visible.Units];
        Matrix deltas = errors.Like(columns, rows);
        var part = new double[rows];
        for (int unit = 0; unit < visible.Units; unit += columns)
        {
            for (int a = 0; a < changes.Length; a++)
            {
                sums.Fill(0);
                if (above.Length > 0) Write(deltas, changes[a], unit);
                foreach (Joint joint in above) joint.Change(a, deltas, unit, sums);
                for (int r = 0; r < rows; r++)
                {
                    odds[a, r] = (above.Length > 0 ? sums[r, 0] : 0) - before[r];
                    for (int c = unit; c < unit + columns; c++) odds[a, r] += changes[a][r, c] * inputs[r, c];
                    if (free is not null && free[Math.Min(r, free.GetLength(0) - 1), unit] == 0) odds[a, r] = double.NegativeInfinity;
                }
            }
            SetProbabilities(odds);
            for (int a = 0; a < changes.Length; a++)
            {
                for (int r = 0; r < rows; r++)
                {
                    part[r] = odds[a, r] * (rowWeights?[r] ?? 1);
                    for (int c = unit; c < unit + columns; c++) error[r, c] -= part[r] * changes[a][r, c];
                }
                if (above.Length == 0) continue;
                WriteColumn(weight, part);
                foreach (Joint joint in above)
                {
                    Matrix means = joint.AddMoments(a, weight, gradient, -1 / batch.TotalWeight);
                    for (int c = unit; c < unit + columns; c++)
                    {
                        for (int r = 0; r < rows; r++) part[r] = odds[a, r] * (rowWeights?[r] ?? 1) * changes[a][r, c];
                        WriteColumn(byChange, part);
                        joint.AddRow(c, means, byChange, -1 / batch.TotalWeight);
                    }
                    joint.Hidden.Less(means, weight);
                }
            }
        }
        for (int r = 0; r < rows; r++) errors.WriteRow(r, MemoryMarshal.CreateReadOnlySpan(ref error[r, 0], visible.Units));
    }

    // v^a − v, of all units at once.
    double[,] Changes(Layer visible, Matrix values, int alternative)
    {
        if (row.Length != visible.Units) row = new double[visible.Units];
        var changes = new double[values.Rows, visible.Units];
        for (int r = 0; r < values.Rows; r++)
        {
            values.ReadRow(r, row);
            for (int c = 0; c < row.Length; c++) changes[r, c] = -row[c];
            for (int unit = 0; unit < row.Length; unit += visible.ColumnsPerUnit)
                visible.SetAlternative(alternative, row.AsSpan(unit, visible.ColumnsPerUnit));
            for (int c = 0; c < row.Length; c++) changes[r, c] += row[c];
        }
        return changes;
    }

    // Logarithms of odds against the value that is there become probabilities of the others.
    static void SetProbabilities(double[,] odds)
    {
        for (int r = 0; r < odds.GetLength(1); r++)
        {
            double top = 0, total;
            for (int a = 0; a < odds.GetLength(0); a++) top = Math.Max(top, odds[a, r]);
            total = Math.Exp(-top);
            for (int a = 0; a < odds.GetLength(0); a++) total += odds[a, r] = Math.Exp(odds[a, r] - top);
            for (int a = 0; a < odds.GetLength(0); a++) odds[a, r] /= total;
        }
    }

    static void Write(Matrix deltas, double[,] changes, int unit)
    {
        var values = new double[deltas.Columns];
        for (int c = 0; c < deltas.Rows; c++)
        {
            for (int r = 0; r < values.Length; r++) values[r] = changes[r, unit + c];
            deltas.WriteRow(c, values);
        }
    }

    static void WriteColumn(Matrix column, double[] values)
    {
        for (int r = 0; r < values.Length; r++) column.WriteRow(r, values.AsSpan(r, 1));
    }

    /// <summary>A hidden layer: what it hears, its means, and Σ q·(E[h|v] − E[h|v^a]) over units and values.</summary>
    sealed class Hidden
    {
        readonly EnergyModel model;
        readonly int index;
        readonly BatchScratch fieldScratch = new(), meanScratch = new(), differenceScratch = new(), totalScratch = new();
        State? data;
        Matrix? difference, total;

        public Hidden(EnergyModel model, int index)
        {
            this.model = model;
            this.index = index;
            Joints = [.. model.Interactions.Index().Where(i => i.Item is Dense d && d.Joins(index)
                && !model.Layers[d.Lower == index ? d.Upper : d.Lower].IsContext).Select(i => new Joint(model, this, i.Index))];
        }

        public Layer Layer => model.Layers[index];

        public IReadOnlyList<Joint> Joints { get; }

        public Matrix Field { get; private set; } = null!;

        public Matrix Means { get; private set; } = null!;

        public void Start(State state)
        {
            data = state;
            Field = fieldScratch.Like(state[index]);
            Means = meanScratch.Like(Field);
            difference = differenceScratch.Like(Field);
            total = totalScratch.Of(state.Rows, 1, model.Placement);
            model.SetInputs(state, index, Field);
            Layer.SetMean(Field, state[index]);
            difference.Fill(0);
            total.Fill(0);
        }

        public void AddLogNormalizer(Matrix sums) => Layer.AddLogNormalizer(Field, sums);

        public void AddMoments(Gradient gradient, Matrix means, Matrix inputs, Matrix weights, double scale) =>
            gradient.AddMoments(index, means, inputs, weights, scale);

        /// <summary>Takes weighted means of flipped rows off; overwrites them.</summary>
        public void Less(Matrix means, Matrix weights)
        {
            means.SetScaled(means, weights);
            difference!.SetSum(difference, 1, means, -1);
            total!.SetSum(total, 1, weights);
        }

        public void Finish(in Batch batch, Gradient gradient)
        {
            double scale = 1 / batch.TotalWeight;
            gradient.AddMoments(index, data![index], Field, total, scale);
            Means.SetScaled(data[index], total!);
            difference!.SetSum(difference, 1, Means);
            foreach (Joint joint in Joints) joint.AddFactors(data, difference, scale, gradient);
        }
    }

    /// <summary>
    /// The weights between a visible and a hidden layer, a row for each visible unit, and the part of their gradient that flipped units
    /// have to themselves.
    /// </summary>
    sealed class Joint
    {
        readonly EnergyModel model;
        readonly Dense dense;
        readonly int interaction;
        readonly bool isBelow;
        readonly Matrix identity, gradientRows;
        readonly Matrix? turned, hiddenIdentity;
        readonly List<BatchScratch> changedScratch = [];
        readonly List<Matrix> changed = [];

        public Joint(EnergyModel model, Hidden hidden, int interaction)
        {
            this.model = model;
            this.interaction = interaction;
            Hidden = hidden;
            dense = (Dense)model.Interactions[interaction];
            isBelow = model.Layers[dense.Upper] == hidden.Layer;
            Visible = isBelow ? dense.Lower : dense.Upper;
            int units = model.Layers[Visible].Units;
            identity = Identity(dense.Weights, units);
            gradientRows = dense.Weights.Like(units, hidden.Layer.Units);
            if (isBelow) return;
            turned = gradientRows.Like(units, hidden.Layer.Units);
            hiddenIdentity = Identity(dense.Weights, hidden.Layer.Units);
        }

        public Hidden Hidden { get; }

        public int Visible { get; }

        public void Start()
        {
            turned?.SetOuterProducts([new Factor(dense.Weights, hiddenIdentity!, 1)]);
            gradientRows.Fill(0);
        }

        /// <summary>What the hidden layer hears when units change: an outer product instead of a product with all of W.</summary>
        public void Change(int alternative, Matrix deltas, int unit, Matrix sums)
        {
            if (changed.Count <= alternative)
            {
                changedScratch.Add(new());
                changed.Add(Hidden.Field);
            }
            Matrix inputs = changed[alternative] = changedScratch[alternative].Like(Hidden.Field), weights = turned ?? dense.Weights;
            inputs.SetCopy(Hidden.Field);
            inputs.SetOuterProducts([new Factor(deltas, weights.RowRange(unit, deltas.Rows), model.Coupling)], keep: 1);
            Hidden.Layer.AddLogNormalizer(inputs, sums);
        }

        /// <summary>The hidden means of flipped rows, their moments added.</summary>
        public Matrix AddMoments(int alternative, Matrix weights, Gradient gradient, double scale)
        {
            Hidden.Layer.SetMean(changed[alternative], Hidden.Means);
            Hidden.AddMoments(gradient, Hidden.Means, changed[alternative], weights, scale);
            return Hidden.Means;
        }

        public void AddRow(int column, Matrix means, Matrix weights, double scale) =>
            gradientRows.RowRange(column, 1).SetColumnSums(means, null, weights, scale, keep: 1);

        public void AddFactors(State data, Matrix difference, double scale, Gradient gradient)
        {
            Matrix visible = data[Visible];
            InteractionGradient ofWeights = gradient.Of(interaction);
            ofWeights.AddFactor(0, isBelow ? new Factor(visible, difference, scale) : new Factor(difference, visible, scale));
            ofWeights.AddFactor(0, isBelow ? new Factor(identity, gradientRows, 1) : new Factor(gradientRows, identity, 1));
        }

        static Matrix Identity(Matrix like, int size)
        {
            Matrix identity = like.Like(size, size);
            for (int i = 0; i < size; i++) identity[i, i] = 1;
            return identity;
        }
    }
}
