namespace Boltzmann.Training;

/// <summary>
/// Both phases of many steps at once, each with the biases that the memory gives it: what the data and the model say of every unit of every
/// row. Without hidden units, or with few states, exact; else CD-k, the chains beginning at the rows, or what mean-field inference
/// predicts.
/// </summary>
/// <param name="model">The machine.</param>
/// <param name="isExact">Whether the negative phase is exact.</param>
/// <param name="sampleVisible">Whether the chain's visible units are sampled; their means otherwise.</param>
/// <param name="isPrediction">Whether steps are learned as inference predicts them (<see cref="StepPrediction"/>), in place of
/// phases.</param>
sealed class StepPhases(SequenceModel model, bool isExact, bool sampleVisible = true, bool isPrediction = false)
{
    readonly string between = Dense.NameOf(0, 1);
    readonly StepMachine machine = StepMachine.Of(model);
    readonly StepPrediction? prediction = isPrediction && model.Hidden is not null ? new(StepMachine.Of(model)) : null;
    readonly BatchScratch errorV = new(), errorH = new(), positiveH = new(), inputsH = new(), inputsV = new(), chainV = new(),
        chainH = new(),
        weighted = new(), weightedNegative = new(), whole = new();

    /// <summary>k, or sweeps of a prediction.</summary>
    public int Steps { get; set; } = 1;

    /// <summary>Adds the gradients of the layers' parameters and of W, and finds what each unit of each row is short of.</summary>
    /// <param name="rows">x, [N × V].</param>
    /// <param name="toVisible">a, [N × V].</param>
    /// <param name="toHidden">g, [N × H]; null without hidden units.</param>
    /// <param name="weights">Of rows, [N × 1]; null for ones.</param>
    /// <param name="scale">1 by the rows' whole weight.</param>
    /// <param name="gradient">Receives both phases.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <returns>
    /// w·(x − E[v]) and w·(E[h | x] − E[h]), by which the objective rises with a and g, to be read until the next call; the second null
    /// without hidden units.
    /// </returns>
    public (Matrix Visible, Matrix? Hidden) Estimate(Matrix rows, Matrix toVisible, Matrix? toHidden, Matrix? weights, double scale,
        SequenceGradient gradient, Rng rng)
    {
        if (prediction is not null) return prediction.Estimate(Steps, rows, toVisible, toHidden!, weights, scale, gradient);
        Workspace workspace = machine.Workspace;
        Matrix dV = errorV.Like(rows);
        machine.Visible.AddMoments(rows, null, weights, scale, gradient.OfLayer(0), workspace);
        if (machine.Hidden is not Layer hidden)
        {
            Matrix means = chainV.Like(rows);
            machine.Visible.SetMean(toVisible, means, workspace);
            machine.Visible.AddMoments(means, toVisible, weights, -scale, gradient.OfLayer(0), workspace);
            dV.SetSum(rows, 1, means, -1);
            if (weights is not null) dV.SetScaled(dV, weights);
            return (dV, null);
        }
        Matrix dH = errorH.Like(toHidden!), positive = positiveH.Like(toHidden!), inputs = inputsH.Like(toHidden!);
        machine.SetHidden(rows, toHidden!, inputs, positive, isExact ? null : chainH.Like(positive), rng);
        hidden.AddMoments(positive, inputs, weights, scale, gradient.OfLayer(1), workspace);
        gradient.Add(between, new Factor(rows, Weighted(positive, weights, weighted), scale));
        if (isExact) SubtractExact(toVisible, toHidden!, weights, scale, gradient, rows, positive, dV, dH);
        else SubtractChains(toVisible, toHidden!, weights, scale, gradient, rng, rows, positive, inputs, dV, dH);
        if (weights is not null)
        {
            dV.SetScaled(dV, weights);
            dH.SetScaled(dH, weights);
        }
        return (dV, dH);
    }

    void SubtractChains(Matrix toVisible, Matrix toHidden, Matrix? weights, double scale, SequenceGradient gradient, Rng rng, Matrix rows,
        Matrix positive, Matrix inputs, Matrix dV, Matrix dH)
    {
        Workspace workspace = machine.Workspace;
        Layer visible = machine.Visible, hidden = machine.Hidden!;
        Matrix v = chainV.Like(rows), vInputs = inputsV.Like(rows), h = chainH.Like(positive);
        for (int k = 1; k <= Steps; k++)
        {
            machine.SetVisible(h, toVisible, vInputs, sampleVisible ? null : v, sampleVisible ? v : null, rng);
            machine.SetHidden(v, toHidden, inputs, k < Steps ? null : h, k < Steps ? h : null, rng);
        }
        visible.AddMoments(v, sampleVisible ? null : vInputs, weights, -scale, gradient.OfLayer(0), workspace);
        hidden.AddMoments(h, inputs, weights, -scale, gradient.OfLayer(1), workspace);
        gradient.Add(between, new Factor(v, Weighted(h, weights, weightedNegative), -scale));
        dV.SetSum(rows, 1, v, -1);
        dH.SetSum(positive, 1, h, -1);
    }

    void SubtractExact(Matrix toVisible, Matrix toHidden, Matrix? weights, double scale, SequenceGradient gradient, Matrix rows,
        Matrix positive, Matrix dV, Matrix dH)
    {
        Matrix shares = rows.Like(rows.Rows, 1), w = whole.Like(machine.Weights!), own = rows.Like(rows.Rows, rows.Columns);
        double[] logs = machine.LogPartitions(toVisible, toHidden);
        double[]? of = weights?.ReadColumn(0);
        w.Fill(0);
        dV.SetCopy(rows);
        dH.SetCopy(positive);
        machine.ForEachState(toVisible, toHidden, (terms, v, vInputs, h, hInputs) =>
        {
            for (int r = 0; r < terms.Length; r++) terms[r] = Math.Exp(terms[r] - logs[r]);
            shares.WriteColumn(0, terms);
            own.SetScaled(v, shares);
            dV.SetSum(dV, 1, own, -1);
            if (of is not null)
            {
                for (int r = 0; r < terms.Length; r++) terms[r] *= of[r];
                Matrix counted = rows.Like(rows.Rows, 1);
                counted.WriteColumn(0, terms);
                own.SetScaled(v, counted);
                Add(counted);
            }
            else Add(shares);
            Matrix part = h.Like(h.Rows, h.Columns);
            part.SetScaled(h, shares);
            dH.SetSum(dH, 1, part, -1);

            void Add(Matrix counted)
            {
                machine.Visible.AddMoments(v, vInputs, counted, -scale, gradient.OfLayer(0), machine.Workspace);
                machine.Hidden!.AddMoments(h, hInputs, counted, -scale, gradient.OfLayer(1), machine.Workspace);
                w.SetOuterProducts([new Factor(own, h, -scale)], keep: 1);
            }
        });
        gradient.AddWhole(between, w);
    }

    static Matrix Weighted(Matrix states, Matrix? weights, BatchScratch scratch)
    {
        if (weights is null) return states;
        Matrix copy = scratch.Like(states);
        copy.SetScaled(states, weights);
        return copy;
    }
}
