namespace Boltzmann.Evaluation;

/// <summary>
/// E[x] of steps given what the memory says: exact where states can be summed, else the weighted mean over annealed chains, or mean-field
/// inference.
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
            int count = Math.Min(atOnce, means.Rows - first);
            var walk = new AnnealedChains(machine, toVisible.RowRange(first, count), toHidden.RowRange(first, count), scoring.Samples, rng);
            walk.Run(scoring.Sweeps, cancellation);
            walk.SetMeans(means.RowRange(first, count));
        }
    }
}
