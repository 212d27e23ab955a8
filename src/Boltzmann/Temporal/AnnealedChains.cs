namespace Boltzmann.Temporal;

/// <summary>
/// Several chains for each of many steps, which begin with independent units and hear ever more of the weights. Each carries its weight of
/// annealed importance sampling (Neal 2001), and where the weights of a step's chains have become unequal, the chains are drawn anew by
/// them (Del Moral, Doucet and Jasra 2006). Without that every chain stays with the states it met first, and likely ones count no more
/// than others.
/// </summary>
sealed class AnnealedChains
{
    // (Σ w)² / Σ w² over the number of chains, below which they are drawn anew.
    const double LeastEffective = 0.5;

    readonly StepMachine machine;
    readonly Rng rng;
    readonly int steps, chains;
    readonly Matrix toVisible, toHidden, visible, hidden, visibleInputs, scaled;
    readonly double[] logWeights, own;
    readonly int[] places;
    Matrix hiddenInputs, spare;

    /// <summary>Chain c of step s is row c·N + s.</summary>
    /// <param name="machine">With hidden units.</param>
    /// <param name="toVisible">a, [N × V].</param>
    /// <param name="toHidden">g, [N × H].</param>
    /// <param name="chains">Of each step.</param>
    /// <param name="rng">Source of randomness.</param>
    public AnnealedChains(StepMachine machine, Matrix toVisible, Matrix toHidden, int chains, Rng rng)
    {
        (this.machine, this.chains, this.rng, steps) = (machine, chains, rng, toVisible.Rows);
        int all = steps * chains;
        this.toVisible = toVisible.Like(all, toVisible.Columns);
        this.toHidden = toHidden.Like(all, toHidden.Columns);
        State.CopyRows(toVisible, this.toVisible);
        State.CopyRows(toHidden, this.toHidden);
        visible = toVisible.Like(all, toVisible.Columns);
        visibleInputs = toVisible.Like(all, toVisible.Columns);
        hidden = toHidden.Like(all, toHidden.Columns);
        hiddenInputs = toHidden.Like(all, toHidden.Columns);
        spare = toHidden.Like(all, toHidden.Columns);
        scaled = toHidden.Like(all, toHidden.Columns);
        logWeights = new double[all];
        own = new double[chains];
        places = new int[all];
    }

    /// <summary>From independent units to the whole machine; it ends with hidden states.</summary>
    public void Run(int sweeps, CancellationToken cancellation = default)
    {
        machine.Visible.Sample(toVisible, visible, rng, machine.Workspace);
        double before = 0;
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
            // It rises over three quarters of the sweeps, then the chains move on where they are.
            double beta = Math.Min(1, (sweep + 1) / (0.75 * sweeps));
            machine.SetHiddenInputs(visible, toHidden, hiddenInputs);
            if (beta > before)
            {
                machine.AddAnnealingWeights(hiddenInputs, before, beta, logWeights);
                Resample();
            }
            scaled.SetSum(hiddenInputs, beta);
            machine.Hidden!.Sample(scaled, hidden, rng, machine.Workspace);
            machine.SetVisibleInputs(hidden, toVisible, visibleInputs, beta);
            if (sweep < sweeps - 1) machine.Visible.Sample(visibleInputs, visible, rng, machine.Workspace);
            before = beta;
        }
    }

    /// <summary>means = E[v], the weighted mean of what the chains' hidden states say of visible units: less noise than draws.</summary>
    /// <param name="means">Set, [N × V].</param>
    public void SetMeans(Matrix means)
    {
        machine.Visible.SetMean(visibleInputs, visible, machine.Workspace);
        var shares = new double[logWeights.Length];
        for (int s = 0; s < steps; s++)
        {
            SetShares(s);
            for (int c = 0; c < chains; c++) shares[c * steps + s] = own[c];
        }
        Matrix column = means.Like(shares.Length, 1);
        column.WriteColumn(0, shares);
        visible.SetScaled(visible, column);
        means.Fill(0);
        for (int c = 0; c < chains; c++) means.SetSum(means, 1, visible.RowRange(c * steps, steps));
    }

    /// <summary>A draw of visible units of each step, by the hidden states of one of its chains.</summary>
    /// <param name="states">Set, [N × V].</param>
    public void Draw(Matrix states)
    {
        for (int s = 0; s < steps; s++)
        {
            SetShares(s);
            double left = rng.NextUniform();
            int chain = 0;
            while (chain < chains - 1 && (left -= own[chain]) >= 0) chain++;
            places[s] = chain * steps + s;
        }
        Matrix inputs = states.Like(steps, states.Columns);
        inputs.GatherRows([visibleInputs], places.AsSpan(0, steps));
        machine.Visible.Sample(inputs, states, rng, machine.Workspace);
    }

    // Systematic: a chain has as many copies as there are whole numbers between the sums of shares before and behind it, moved by one draw.
    void Resample()
    {
        bool isMoved = false;
        for (int s = 0; s < steps; s++)
        {
            for (int c = 0; c < chains; c++) places[c * steps + s] = c * steps + s;
            double squares = SetShares(s);
            if (squares * chains * LeastEffective <= 1) continue;
            isMoved = true;
            double before = 0, moved = rng.NextUniform();
            for (int c = 0, next = 0; c < chains; c++)
            {
                before += own[c];
                // The last sum is rounded.
                int until = c == chains - 1 ? chains : Math.Min(chains, (int)(before * chains + moved));
                for (; next < until; next++) places[next * steps + s] = c * steps + s;
            }
            for (int c = 0; c < chains; c++) logWeights[c * steps + s] = 0;
        }
        if (!isMoved) return;
        spare.GatherRows([hiddenInputs], places);
        (hiddenInputs, spare) = (spare, hiddenInputs);
    }

    // own = the shares of a step's chains, which add up to 1; returns the sum of their squares.
    double SetShares(int step)
    {
        for (int c = 0; c < chains; c++) own[c] = logWeights[c * steps + step];
        double sum = Scalar.LogSumExp(own), squares = 0;
        for (int c = 0; c < chains; c++)
        {
            own[c] = Math.Exp(own[c] - sum);
            squares += own[c] * own[c];
        }
        return squares;
    }
}
