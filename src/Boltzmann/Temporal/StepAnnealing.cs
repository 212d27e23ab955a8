namespace Boltzmann.Temporal;

/// <summary>
/// Annealed importance sampling (Neal 2001) with every step of a sequence as a machine of its own, all in one walk: the biases that the
/// memory gives visible units are kept at all inverse temperatures, what hidden units hear rises with β. log Z₀ is known in closed form.
/// Forward from independent units, backward from the row itself, so that the two bracket log Z.
/// </summary>
static class StepAnnealing
{
    // Rows of a walk at a time: their states stay in the caches.
    const int RowsAtOnce = 2048;

    /// <summary>Estimates of log Z of each row, forward (too low on average) and backward (too high), in nats.</summary>
    /// <param name="machine">With hidden units.</param>
    /// <param name="rows">x, [N × V], from which the backward walks start.</param>
    /// <param name="toVisible">a, [N × V].</param>
    /// <param name="toHidden">g, [N × H].</param>
    /// <param name="chains">Of each row, in each direction.</param>
    /// <param name="betas">Inverse temperatures from 0 to 1.</param>
    /// <param name="burnIn">Sweeps at β = 1 before a backward walk.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Checked from β to β.</param>
    public static (double[] Forward, double[] Backward) LogPartitions(StepMachine machine, Matrix rows, Matrix toVisible, Matrix toHidden,
        int chains, int betas, int burnIn, Rng rng, Action<double>? progress, CancellationToken cancellation)
    {
        var forward = new double[rows.Rows];
        var backward = new double[rows.Rows];
        int atOnce = Math.Max(1, RowsAtOnce / chains);
        for (int first = 0; first < rows.Rows; first += atOnce)
        {
            int count = Math.Min(atOnce, rows.Rows - first);
            var walk = new Walk(machine, rows.RowRange(first, count), toVisible.RowRange(first, count), toHidden.RowRange(first, count),
                chains, rng);
            walk.Run(betas, burnIn, forward.AsSpan(first, count), isBackward: false, cancellation);
            walk.Run(betas, burnIn, backward.AsSpan(first, count), isBackward: true, cancellation);
            progress?.Invoke((first + count) / (double)rows.Rows);
        }
        return (forward, backward);
    }

    sealed class Walk
    {
        readonly StepMachine machine;
        readonly Rng rng;
        readonly int chains, count;
        readonly Matrix data, toVisible, toHidden, visible, hidden, hiddenInputs, visibleInputs, scaled;
        readonly double[] start, weights;
        bool isHeard;

        // Row r of the walk is chain r / count of step r % count.
        public Walk(StepMachine machine, Matrix rows, Matrix toVisible, Matrix toHidden, int chains, Rng rng)
        {
            (this.machine, this.rng, this.chains, count, data) = (machine, rng, chains, rows.Rows, rows);
            int all = count * chains;
            this.toVisible = rows.Like(all, toVisible.Columns);
            this.toHidden = rows.Like(all, toHidden.Columns);
            State.CopyRows(toVisible, this.toVisible);
            State.CopyRows(toHidden, this.toHidden);
            visible = rows.Like(all, toVisible.Columns);
            visibleInputs = rows.Like(all, toVisible.Columns);
            hidden = rows.Like(all, toHidden.Columns);
            hiddenInputs = rows.Like(all, toHidden.Columns);
            scaled = rows.Like(all, toHidden.Columns);
            weights = new double[all];
            Matrix known = rows.Like(count, 1), none = rows.Like(count, toHidden.Columns);
            machine.Visible.AddLogNormalizer(toVisible, known, 1, machine.Workspace);
            machine.Hidden!.AddLogNormalizer(none, known, 1, machine.Workspace);
            start = known.ReadColumn(0);
        }

        public void Run(int betas, int burnIn, Span<double> logPartitions, bool isBackward, CancellationToken cancellation)
        {
            Array.Clear(weights);
            isHeard = false;
            if (isBackward)
            {
                State.CopyRows(data, visible);
                for (int b = 0; b < burnIn; b++) Sweep(1);
            }
            else machine.Visible.Sample(toVisible, visible, rng, machine.Workspace);
            for (int k = 1; k < betas; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                double from = (double)(k - 1) / (betas - 1), to = (double)k / (betas - 1);
                if (isBackward) (from, to) = (1 - from, 1 - to);
                if (!(isBackward && k == 1)) Sweep(from);
                machine.SetHiddenInputs(visible, toHidden, hiddenInputs);
                isHeard = true;
                machine.AddAnnealingWeights(hiddenInputs, from, to, weights);
            }
            for (int s = 0; s < count; s++)
            {
                double[] own = [.. Enumerable.Range(0, chains).Select(c => weights[c * count + s])];
                double mean = Scalar.LogSumExp(own) - Math.Log(chains);
                logPartitions[s] = start[s] + (isBackward ? -mean : mean);
            }
        }

        void Sweep(double beta)
        {
            // What the visible units say is known where the weights have just been looked at.
            if (!isHeard) machine.SetHiddenInputs(visible, toHidden, hiddenInputs);
            scaled.SetSum(hiddenInputs, beta);
            machine.Hidden!.Sample(scaled, hidden, rng, machine.Workspace);
            machine.SetVisibleInputs(hidden, toVisible, visibleInputs, beta);
            machine.Visible.Sample(visibleInputs, visible, rng, machine.Workspace);
            isHeard = false;
        }
    }
}
