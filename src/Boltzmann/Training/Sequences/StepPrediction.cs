namespace Boltzmann.Training;

/// <summary>
/// Multi-prediction of whole steps (Goodfellow, Mirza, Courville and Bengio 2013, all visible units missing): mean-field inference of K
/// sweeps predicts each step from what the memory says alone, v_0 = E[v] at a, h_s = E[h] at g + v_{s−1}·W, v_s = E[v] at a + h_s·Wᵀ, and
/// the mean over the sweeps of log q(x; v_s) is followed uphill by back-propagation through all of them. That every sweep is to predict
/// the step, and not the last one alone, keeps later sweeps at it.
/// </summary>
/// <param name="machine">Units whose mean has a slope and whose bias alone learns.</param>
sealed class StepPrediction(StepMachine machine)
{
    readonly string between = Dense.NameOf(0, 1);
    readonly List<Sweep> kept = [];
    readonly BatchScratch sumV = new(), sumH = new();

    /// <exception cref="BadInputException">There are no hidden units, or units of a kind that it does not teach.</exception>
    public static void Require(SequenceModel model)
    {
        if (model.Hidden is not Layer hidden)
            throw new BadInputException("without hidden units the exact gradient is of predictions; expected --method exact");
        foreach (Layer layer in (ReadOnlySpan<Layer>)[model.Visible, hidden])
            if (!MultiPrediction.Takes(layer))
                throw new BadInputException("--method mp predicts by two-valued units, softmaxes of one draw and others whose mean has a "
                    + $"slope and whose bias alone learns, not by {layer}");
    }

    /// <summary>Adds the gradients of biases and of W, and finds those of what the memory says.</summary>
    /// <param name="sweeps">K.</param>
    /// <param name="rows">x, [N × V].</param>
    /// <param name="toVisible">a, [N × V].</param>
    /// <param name="toHidden">g, [N × H].</param>
    /// <param name="weights">Of rows, [N × 1]; null for ones.</param>
    /// <param name="scale">1 by the rows' whole weight.</param>
    /// <param name="gradient">Receives them.</param>
    /// <returns>Of a and of g, by row and without the scale, to be read until the next call.</returns>
    public (Matrix Visible, Matrix Hidden) Estimate(int sweeps, Matrix rows, Matrix toVisible, Matrix toHidden, Matrix? weights,
        double scale, SequenceGradient gradient)
    {
        Layer visible = machine.Visible, hidden = machine.Hidden!;
        Forward(sweeps, toVisible, toHidden);
        Matrix dV = sumV.Like(rows), dH = sumH.Like(toHidden), error = kept[sweeps].VisibleErrors.Like(rows);
        dV.Fill(0);
        dH.Fill(0);
        error.Fill(0);
        for (int s = sweeps; s >= 1; s--)
        {
            Sweep now = kept[s], last = kept[s - 1];
            Matrix h = now.Hidden.Like(toHidden), before = last.Visible.Like(rows), hiddenError = now.HiddenErrors.Like(toHidden);
            AddLoss(error, rows, now, weights, 1.0 / sweeps);
            dV.SetSum(dV, 1, error);
            gradient.Add(between, new Factor(error, h, scale));
            hiddenError.SetProduct(error, machine.Weights!);
            hidden.MultiplySlope(h, now.HiddenInputs.Like(toHidden), hiddenError, machine.Workspace);
            dH.SetSum(dH, 1, hiddenError);
            gradient.Add(between, new Factor(before, hiddenError, scale));
            error = last.VisibleErrors.Like(rows);
            error.SetProduct(hiddenError, machine.Weights!, transposeRight: true);
            visible.MultiplySlope(before, s > 1 ? last.VisibleInputs.Like(rows) : toVisible, error, machine.Workspace);
        }
        dV.SetSum(dV, 1, error);
        gradient.OfLayer(0)[0].SetColumnSums(dV, scale: scale, keep: 1);
        gradient.OfLayer(1)[0].SetColumnSums(dH, scale: scale, keep: 1);
        return (dV, dH);
    }

    /// <summary>The mean over sweeps of log q(x; v_s), summed over rows by their weights: what the gradient belongs to, in nats.</summary>
    internal double Objective(int sweeps, Matrix rows, Matrix toVisible, Matrix toHidden, double[]? weights)
    {
        Forward(sweeps, toVisible, toHidden);
        Matrix values = rows.Like(rows.Rows, 1);
        values.Fill(0);
        for (int s = 1; s <= sweeps; s++) machine.AddLogProbability(rows, kept[s].VisibleInputs.Like(rows), values, 1.0 / sweeps);
        return values.ReadColumn(0).Select((value, r) => value * (weights?[r] ?? 1)).Sum();
    }

    void Forward(int sweeps, Matrix toVisible, Matrix toHidden)
    {
        while (kept.Count <= sweeps) kept.Add(new());
        Matrix v = kept[0].Visible.Like(toVisible);
        machine.Visible.SetMean(toVisible, v, machine.Workspace);
        for (int s = 1; s <= sweeps; s++)
        {
            Matrix h = kept[s].Hidden.Like(toHidden);
            machine.SetHidden(v, toHidden, kept[s].HiddenInputs.Like(toHidden), h, null, null);
            v = kept[s].Visible.Like(toVisible);
            machine.SetVisible(h, toVisible, kept[s].VisibleInputs.Like(toVisible), v, null, null);
        }
    }

    // Of log q by the inputs: what is there less what was predicted, for every kind of units.
    static void AddLoss(Matrix error, Matrix rows, Sweep now, Matrix? weights, double share)
    {
        Matrix means = now.Visible.Like(rows);
        if (weights is null)
        {
            error.SetSum(error, 1, rows, share);
            error.SetSum(error, 1, means, -share);
            return;
        }
        // Errors that came back from later sweeps have their weights already, and the means are factors of a gradient.
        Matrix missed = now.Missed.Like(rows);
        missed.SetSum(rows, 1, means, -1);
        missed.SetScaled(missed, weights);
        error.SetSum(error, 1, missed, share);
    }

    // What a sweep made, and what later ones say back to it.
    sealed class Sweep
    {
        public BatchScratch Visible { get; } = new();

        public BatchScratch VisibleInputs { get; } = new();

        public BatchScratch VisibleErrors { get; } = new();

        public BatchScratch Missed { get; } = new();

        public BatchScratch Hidden { get; } = new();

        public BatchScratch HiddenInputs { get; } = new();

        public BatchScratch HiddenErrors { get; } = new();
    }
}
