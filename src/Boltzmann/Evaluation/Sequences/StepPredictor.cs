namespace Boltzmann.Evaluation;

/// <summary>
/// E[x] of steps given what the memory says: exact where states can be summed, else the mean over chains of the conditional means at their
/// ends, or mean-field inference.
/// </summary>
sealed class StepPredictor(StepMachine machine, SequenceScoring scoring, bool isExact, Rng rng)
{
    // Rows of chains at a time: their states stay in the caches.
    const int RowsAtOnce = 2048;

    public string Method => machine.Hidden is null ? "closed form" : isExact ? "enumeration" : scoring.IsMeanField ? "mean field"
        : "chains";

    public void SetMeans(Matrix toVisible, Matrix? toHidden, Matrix means, CancellationToken cancellation = default)
    {
        if (isExact) machine.SetMeans(toVisible, toHidden, means, cancellation);
        else if (scoring.IsMeanField) SetMeanField(toVisible, toHidden!, means);
        else SetByChains(toVisible, toHidden!, means, cancellation);
    }

    void SetMeanField(Matrix toVisible, Matrix toHidden, Matrix means)
    {
        Matrix inputs = means.Like(means.Rows, means.Columns), hidden = means.Like(means.Rows, toHidden.Columns),
            hiddenInputs = hidden.Like(means.Rows, toHidden.Columns);
        machine.Visible.SetMean(toVisible, means, machine.Workspace);
        for (int sweep = 0; sweep < scoring.MeanFieldSweeps; sweep++)
        {
            machine.SetHiddenInputs(means, toHidden, hiddenInputs);
            machine.Hidden!.SetMean(hiddenInputs, hidden, machine.Workspace);
            machine.SetVisibleInputs(hidden, toVisible, inputs);
            machine.Visible.SetMean(inputs, means, machine.Workspace);
        }
    }

    void SetByChains(Matrix toVisible, Matrix toHidden, Matrix means, CancellationToken cancellation)
    {
        int atOnce = Math.Max(1, RowsAtOnce / scoring.Samples);
        for (int first = 0; first < means.Rows; first += atOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(atOnce, means.Rows - first), all = count * scoring.Samples;
            Matrix a = means.Like(all, means.Columns), g = means.Like(all, toHidden.Columns), v = means.Like(all, means.Columns),
                inputs = means.Like(all, means.Columns), h = means.Like(all, toHidden.Columns), hiddenInputs = means.Like(all,
                    toHidden.Columns);
            State.CopyRows(toVisible.RowRange(first, count), a);
            State.CopyRows(toHidden.RowRange(first, count), g);
            machine.Visible.Sample(a, v, rng, machine.Workspace);
            for (int sweep = 0; sweep < scoring.Sweeps; sweep++)
            {
                double beta = StepMachine.BetaAt(sweep, scoring.Sweeps);
                machine.SetHiddenInputs(v, g, hiddenInputs, beta);
                machine.Hidden!.Sample(hiddenInputs, h, rng, machine.Workspace);
                machine.SetVisibleInputs(h, a, inputs, beta);
                if (sweep < scoring.Sweeps - 1) machine.Visible.Sample(inputs, v, rng, machine.Workspace);
            }
            // What the last hidden states say of visible units varies less than a draw.
            machine.Visible.SetMean(inputs, v, machine.Workspace);
            Matrix part = means.RowRange(first, count);
            part.Fill(0);
            for (int c = 0; c < scoring.Samples; c++) part.SetSum(part, 1, v.RowRange(c * count, count), 1.0 / scoring.Samples);
        }
    }
}
