namespace Boltzmann.Evaluation;

/// <summary>
/// The chains of annealed importance sampling, all at once as rows: a set of layers that are independent given the rest is summed out of
/// every weight, the rest is their state. Holds the model at the inverse temperature they have left and the one they go to, and all memory
/// of a walk.
/// </summary>
sealed class AnnealedWalk
{
    const int Reports = 200;

    readonly EnergyModel target;
    readonly IReadOnlyList<Layer> start;
    readonly State state;
    readonly int[] kept, summed;
    readonly Matrix[] fields;
    readonly Matrix logWeights;
    readonly LayerSet keptSet;
    readonly int sweeps;
    AnnealedModel from, to;

    /// <summary>Chains whose states are 0.</summary>
    /// <param name="target">The model, in double precision.</param>
    /// <param name="start">Its layers at β = 0, in double precision.</param>
    /// <param name="summedOut">Layers that are independent given the others.</param>
    /// <param name="sweeps">Gibbs sweeps at each inverse temperature.</param>
    /// <param name="chains">Number of chains.</param>
    public AnnealedWalk(EnergyModel target, IReadOnlyList<Layer> start, IReadOnlyList<int> summedOut, int sweeps, int chains)
    {
        this.target = target;
        this.start = start;
        this.sweeps = sweeps;
        summed = [.. summedOut];
        kept = [.. Enumerable.Range(0, target.Layers.Count).Except(summed)];
        keptSet = LayerSet.Of(kept);
        state = new State(target, chains);
        fields = [.. summed.Select(l => state[l].Like(chains, target.Layers[l].Units))];
        logWeights = state[0].Like(chains, 1);
        from = new AnnealedModel(target, start);
        to = new AnnealedModel(target, start);
    }

    /// <summary>log Z of the layers alone at β = 0.</summary>
    public double LogPartitionOfStart()
    {
        double sum = 0;
        foreach (Layer layer in start)
        {
            var value = new Matrix(1, 1, layer.Placement);
            layer.AddLogNormalizer(new Matrix(1, layer.Units, layer.Placement), value);
            sum += value[0, 0];
        }
        return sum;
    }

    /// <summary>Draws the chains from the layers alone.</summary>
    public void SampleStart(Rng rng)
    {
        foreach (int l in kept)
        {
            state.Inputs(l).Fill(0);
            start[l].Sample(state.Inputs(l), state[l], rng, state.Workspace);
            state.Restore(l);
        }
    }

    /// <summary>Keeps units of the rows at values, all the way. Their layers must be among those of the chains' state.</summary>
    public void ClampRows(Matrix known, Matrix given) => target.ClampRows(state, known, given);

    /// <summary>Puts the chains at configurations of the model.</summary>
    public void SetState(State samples)
    {
        foreach (int l in kept) state[l].SetCopy(samples[l]);
    }

    /// <summary>
    /// Puts the chains at rows: those of data, or of all visible layers side by side. What else their state needs is drawn from its
    /// mean-field distribution given them.
    /// </summary>
    public void SetVisible(Matrix rows, Rng rng)
    {
        var layers = target.RowLayers;
        if (rows.Columns != target.RowColumns) layers = target.VisibleLayers;
        if (rows.Columns != layers.Sum(l => target.Layers[l].Units))
            throw new ArgumentException($"the model has {string.Join(" and ", target.VisibleLayers.Select(l => target.Layers[l].Units))} "
                + $"visible units, but the starting rows have {rows.Columns} columns");
        Matrix exact = rows.Clone(Precision.Float64);
        int column = 0;
        foreach (int l in layers)
        {
            state[l].SetColumns(exact, column);
            column += target.Layers[l].Units;
        }
        int[] given = [.. layers];
        int[] unknown = [.. kept.Except(given)];
        if (unknown.Length == 0) return;
        new MeanField().Infer(target, state, [.. Enumerable.Range(0, target.Layers.Count).Except(given)]);
        foreach (int l in unknown) target.Layers[l].Sample(state.Inputs(l), state[l], rng, state.Workspace);
    }

    /// <summary>Gibbs sweeps of the model itself.</summary>
    public void Sweep(int count, Rng rng, CancellationToken cancellation)
    {
        for (int s = 0; s < count; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (int l in summed) Gibbs.Draw(target, state, l, rng);
            foreach (int l in kept) Gibbs.Draw(target, state, l, rng);
        }
    }

    /// <summary>
    /// Walks along the inverse temperatures and returns each chain's log w. Two products a step for each connection; allocates nothing on
    /// the way.
    /// </summary>
    public double[] Walk(double[] betas, Rng rng, IProgress<double>? progress, CancellationToken cancellation)
    {
        logWeights.Fill(0);
        to.Beta = betas[0];
        int last = betas.Length - 1;
        for (int k = 1; k <= last; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            (from, to) = (to, from);
            to.Beta = betas[k];
            AddWeights();
            // The last weight is taken: where the chains would go on from there does not matter.
            for (int s = 0; s < sweeps && k < last; s++) Transition(isFirst: s == 0, rng);
            if (progress is not null && (k == last || (long)k * Reports / last != (k - 1L) * Reports / last))
                progress.Report((double)k / last);
        }
        return logWeights.ReadColumn(0);
    }

    // log w += F_from − F_to of the kept layers. Leaves the inputs of the summed ones at the new β behind.
    void AddWeights()
    {
        foreach (int l in kept)
        {
            from.Layers[l].AddEnergy(state[l], logWeights, 1, state.Workspace);
            to.Layers[l].AddEnergy(state[l], logWeights, -1, state.Workspace);
        }
        target.AddCouplingEnergy(state, logWeights, from.Beta - to.Beta, keptSet);
        for (int i = 0; i < summed.Length; i++)
        {
            int l = summed[i];
            // Their inputs from the others serve both free energies and their first draw.
            target.SetInputs(state, l, fields[i]);
            Matrix inputs = state.Inputs(l);
            inputs.SetSum(fields[i], from.Beta);
            from.Layers[l].AddLogNormalizer(inputs, logWeights, -1, state.Workspace);
            inputs.SetSum(fields[i], to.Beta);
            to.Layers[l].AddLogNormalizer(inputs, logWeights, 1, state.Workspace);
        }
    }

    void Transition(bool isFirst, Rng rng)
    {
        foreach (int l in summed)
        {
            if (isFirst) to.Layers[l].Sample(state.Inputs(l), state[l], rng, state.Workspace);
            else Gibbs.Draw(to, state, l, rng);
        }
        foreach (int l in kept) Gibbs.Draw(to, state, l, rng);
    }
}
