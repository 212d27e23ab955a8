namespace Boltzmann.Training;

/// <summary>
/// The mean log-likelihood of the steps of a machine without hidden units, less λ/2·Σ w² over its weights, as a function of all its
/// parameters: concave, since inputs are linear in them. In double precision, over all steps at once.
/// </summary>
sealed class ConcaveLikelihood
{
    const int RowsAtOnce = 8192;

    readonly SequenceModel model;
    readonly StepMachine machine;
    readonly Sequences data;
    readonly Dataset? rows;
    readonly Parameter[] moved;
    readonly int[] places;
    readonly double l2;
    readonly SequenceUpdate? through;
    readonly ContextMetric? metric;

    /// <param name="model">Without hidden units; a copy in double precision is what moves.</param>
    /// <param name="data">Steps that count, by their weights.</param>
    /// <param name="l2">λ.</param>
    public ConcaveLikelihood(SequenceModel model, Sequences data, double l2)
    {
        if (model.Hidden is not null) throw new ArgumentException("hidden units make the likelihood one of many maxima", nameof(model));
        this.model = model.Clone(model.Placement.Double);
        (this.data, this.l2) = (data, l2);
        machine = StepMachine.Of(this.model);
        places = [.. Enumerable.Range(0, model.Parameters.Count).Where(p => !model.Parameters[p].IsFixed
            && !model.Parameters[p].IsPositive)];
        moved = [.. places.Select(p => this.model.Parameters[p])];
        if (this.model.Memory.IsFixed)
        {
            rows = SequenceRows.Of(data, this.model.Memory);
            metric = ContextMetric.Of(this.model, rows, data.Steps.Statistics.Variances, l2);
        }
        else through = new(this.model, new() { IsExact = true }, new Sgd());
    }

    /// <summary>The copy whose parameters are those of the last look.</summary>
    public SequenceModel Model => model;

    /// <summary>The parameters of a machine as one point.</summary>
    public double[] PointOf(SequenceModel of) => [.. places.SelectMany(p => DelayMemory.Numbers(of.Parameters[p].Value))];

    /// <summary>Puts a point into the parameters of a machine.</summary>
    public void Put(double[] point, SequenceModel into)
    {
        int place = 0;
        foreach (int p in places)
        {
            Matrix value = into.Parameters[p].Value;
            for (int r = 0; r < value.Rows; r++, place += value.Columns) value.WriteRow(r, point.AsSpan(place, value.Columns));
        }
    }

    /// <summary>What is to be minimised at a point, −(log-likelihood per step − λ/2·Σ w²) in nats, and its gradient.</summary>
    public double Loss(double[] point, double[] gradient)
    {
        Put(point, model);
        double loss = -(rows is null ? LookThroughTime(gradient) : LookAtRows(rows, gradient));
        int place = 0;
        foreach (Parameter p in moved)
            for (int end = place + p.Value.Rows * p.Value.Columns; place < end; place++)
            {
                double decay = p.IsWeight ? l2 : 0;
                loss += decay / 2 * point[place] * point[place];
                gradient[place] = decay * point[place] - gradient[place];
            }
        return loss;
    }

    /// <summary>What takes steps down <see cref="Loss"/> from where a machine is.</summary>
    public LimitedMemoryBfgs From(SequenceModel start) => new(Loss, PointOf(start), metric is null ? null : ApplyMetric);

    /// <summary>Steps towards the one maximum, at most so many, and puts the last point into a machine.</summary>
    /// <param name="into">The machine, which is also the start.</param>
    /// <param name="steps">At most so many.</param>
    /// <param name="tolerance">It is reached where no entry of the gradient is above this.</param>
    public void Maximize(SequenceModel into, int steps, double tolerance) =>
        Put(From(into).Minimize(tolerance, steps).Point, into);

    // Parameters that move, of a machine of such a memory, are b and A, one after the other in either order.
    void ApplyMetric(double[] gradient)
    {
        int first = moved[0].Value.Rows * moved[0].Value.Columns;
        Span<double> one = gradient.AsSpan(0, first), other = gradient.AsSpan(first);
        if (moved[0].IsWeight) metric!.Apply(other, one);
        else metric!.Apply(one, other);
    }

    double LookAtRows(Dataset all, double[] gradient)
    {
        Placement placement = model.Placement;
        int visible = model.Visible.Units;
        double total = all.RowWeights?.Sum() ?? all.Count, value = 0;
        Matrix bias = new(1, visible, placement), weights = new(visible, model.Memory.Width, placement);
        for (int first = 0; first < all.Count; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, all.Count - first);
            Matrix part = all.ToMatrix(first, count, placement), x = part.Like(count, visible), z = part.Like(count, model.Memory.Width),
                a = part.Like(count, visible), means = part.Like(count, visible), logs = part.Like(count, 1);
            x.SetColumns(part, 0);
            z.SetColumns(part, visible);
            model.SetInputs(z, a, null);
            logs.Fill(0);
            machine.AddLogProbability(x, a, logs);
            model.Visible.SetMean(a, means, machine.Workspace);
            means.SetSum(x, 1, means, -1);
            double[] values = logs.ReadColumn(0);
            if (all.RowWeights is double[] own)
            {
                Matrix column = part.Like(count, 1);
                column.WriteColumn(0, own.AsSpan(first, count));
                means.SetScaled(means, column);
                for (int r = 0; r < count; r++) value += own[first + r] * values[r];
            }
            else value += values.Sum();
            bias.SetColumnSums(means, scale: 1 / total, keep: 1);
            weights.SetOuterProducts([new Factor(means, z, 1 / total)], keep: 1);
        }
        Matrix[] parts = [.. moved.Select(p => p.IsWeight ? weights : bias)];
        parts.SelectMany(DelayMemory.Numbers).ToArray().CopyTo(gradient, 0);
        return value / total;
    }

    double LookThroughTime(double[] gradient)
    {
        var packed = new PackedSteps(data, [.. Enumerable.Range(0, data.Count)]);
        var x = new Matrix(packed.Count, data.Columns, model.Placement);
        data.Steps.Rows.Gather(packed.Steps, x);
        var values = new double[packed.Count];
        int[] sequences = data.SequenceOfSteps();
        for (int r = 0; r < values.Length; r++)
        {
            int step = packed.Steps[r], s = sequences[step];
            values[r] = step - data.First[s] < data.WarmUp[s] ? 0 : data.Steps.RowWeights?[step] ?? 1;
        }
        Matrix weights = x.Like(packed.Count, 1);
        weights.WriteColumn(0, values);
        Matrix[] all = through!.Gradient(packed, x, weights, values.Sum(), model.NewMemory(data.Count), new Rng());
        places.SelectMany(p => DelayMemory.Numbers(all[p])).ToArray().CopyTo(gradient, 0);
        return SequenceEvaluation.LogLikelihood(model, data).Mean;
    }
}
