namespace Boltzmann.Temporal;

/// <summary>
/// The machines of many steps at once: one RBM, or none of its hidden units, whose biases differ from row to row by what the memory says,
/// E(v, h | z) = U(v) + U(h) − vᵀWh − a·v − g·h. Exact numbers by closed form without hidden units, else by enumerating the layer of fewer
/// states for all rows together.
/// </summary>
/// <param name="visible">The units of a step.</param>
/// <param name="hidden">The features of a step; null for none.</param>
/// <param name="weights">W, [V × H]; null without hidden units.</param>
sealed class StepMachine(Layer visible, Layer? hidden, Matrix? weights)
{
    readonly Workspace workspace = new();

    /// <summary>Most states of a layer times rows that are summed: a few seconds.</summary>
    public const long MostTerms = 1L << 28;

    public static StepMachine Of(SequenceModel model) => new(model.Visible, model.Hidden, model.Weights);

    public Layer Visible => visible;

    public Layer? Hidden => hidden;

    public Matrix? Weights => weights;

    public Workspace Workspace => workspace;

    /// <summary>States that are summed for each row: 1 in closed form; null where no layer can be listed.</summary>
    public long? States => hidden is null ? 1
        : (visible.StateCount, hidden.StateCount) switch
        {
            (long v, long h) => Math.Min(v, h),
            (long v, null) => v,
            (null, long h) => h,
            _ => null,
        };

    /// <summary>Whether exact numbers of so many rows are within reach.</summary>
    public bool Reaches(int rows) => States is long states && states <= MostTerms / Math.Max(1, rows);

    /// <summary>values[B × 1] += scale·log Σ_h e^{−E(v, h)}.</summary>
    public void AddLogWeights(Matrix rows, Matrix toVisible, Matrix? toHidden, Matrix values, double scale = 1)
    {
        visible.AddEnergy(rows, values, -scale, workspace);
        values.AddRowSums(rows, toVisible, scale);
        if (hidden is null) return;
        using Workspace.Loan lent = workspace.Lend(rows.Rows, hidden.Units, rows.Placement);
        Matrix inputs = lent;
        SetHiddenInputs(rows, toHidden!, inputs);
        hidden.AddLogNormalizer(inputs, values, scale, workspace);
    }

    /// <summary>values[B × 1] += scale·log p(v), visible units independent at inputs that hold all that is said to them.</summary>
    public void AddLogProbability(Matrix rows, Matrix inputs, Matrix values, double scale = 1)
    {
        visible.AddEnergy(rows, values, -scale, workspace);
        values.AddRowSums(rows, inputs, scale);
        visible.AddLogNormalizer(inputs, values, -scale, workspace);
    }

    /// <summary>
    /// logWeights[r] += log Σ_h e^{−U(h) + β·h·inputs_r} at a new β less that at the old one: the step of annealed importance sampling
    /// (Neal 2001) where what is said to visible units is the same at every β.
    /// </summary>
    /// <param name="hiddenInputs">g + v·W, [B × H].</param>
    /// <param name="from">The old β.</param>
    /// <param name="to">The new one.</param>
    /// <param name="logWeights">Of B chains.</param>
    public void AddAnnealingWeights(Matrix hiddenInputs, double from, double to, double[] logWeights)
    {
        using Workspace.Loan lentInputs = workspace.Lend(hiddenInputs.Rows, hiddenInputs.Columns, hiddenInputs.Placement),
            lentChange = workspace.Lend(hiddenInputs.Rows, 1, hiddenInputs.Placement);
        Matrix scaled = lentInputs, change = lentChange;
        change.Fill(0);
        scaled.SetSum(hiddenInputs, to);
        hidden!.AddLogNormalizer(scaled, change, 1, workspace);
        scaled.SetSum(hiddenInputs, from);
        hidden.AddLogNormalizer(scaled, change, -1, workspace);
        double[] values = change.ReadColumn(0);
        for (int r = 0; r < values.Length; r++) logWeights[r] += values[r];
    }

    /// <summary>inputs = g + v·W.</summary>
    public void SetHiddenInputs(Matrix rows, Matrix toHidden, Matrix inputs)
    {
        inputs.SetCopy(toHidden);
        inputs.SetProduct(rows, weights!, keep: 1);
    }

    /// <summary>inputs = a + β·h·Wᵀ.</summary>
    public void SetVisibleInputs(Matrix states, Matrix toVisible, Matrix inputs, double beta = 1)
    {
        inputs.SetCopy(toVisible);
        inputs.SetProduct(states, weights!, transposeRight: true, scale: beta, keep: 1);
    }

    /// <summary>Hidden units of each row from inputs = g + v·W: means, draws or both, in one operation where the kind can.</summary>
    public void SetHidden(Matrix rows, Matrix toHidden, Matrix inputs, Matrix? mean, Matrix? sample, Rng? rng)
    {
        inputs.SetCopy(toHidden);
        hidden!.SetUnits(new(rows, weights!, false, 1, 1), inputs, mean, sample, rng, workspace);
    }

    /// <summary>Visible units of each row from inputs = a + h·Wᵀ, likewise.</summary>
    public void SetVisible(Matrix states, Matrix toVisible, Matrix inputs, Matrix? mean, Matrix? sample, Rng? rng)
    {
        inputs.SetCopy(toVisible);
        visible.SetUnits(new(states, weights!, true, 1, 1), inputs, mean, sample, rng, workspace);
    }

    /// <summary>log Z of each row, in nats.</summary>
    /// <param name="toVisible">a, [B × V].</param>
    /// <param name="toHidden">g, [B × H].</param>
    /// <param name="cancellation">Checked from state to state.</param>
    public double[] LogPartitions(Matrix toVisible, Matrix? toHidden, CancellationToken cancellation = default)
    {
        using Workspace.Loan lent = workspace.Lend(toVisible.Rows, 1, toVisible.Placement);
        Matrix values = lent;
        values.Fill(0);
        if (hidden is null)
        {
            visible.AddLogNormalizer(toVisible, values, 1, workspace);
            return values.ReadColumn(0);
        }
        var greatest = new double[toVisible.Rows];
        var sums = new double[toVisible.Rows];
        Array.Fill(greatest, double.NegativeInfinity);
        foreach (double[] terms in Terms(toVisible, toHidden!, cancellation))
            for (int r = 0; r < terms.Length; r++)
            {
                // Σ e^{term − greatest so far}, brought along as the greatest grows.
                double most = Math.Max(greatest[r], terms[r]);
                sums[r] = sums[r] * Math.Exp(greatest[r] - most) + Math.Exp(terms[r] - most);
                greatest[r] = most;
            }
        for (int r = 0; r < sums.Length; r++) sums[r] = greatest[r] + Math.Log(sums[r]);
        return sums;
    }

    /// <summary>means = E[v] of each row, by closed form or enumeration.</summary>
    public void SetMeans(Matrix toVisible, Matrix? toHidden, Matrix means, CancellationToken cancellation = default)
    {
        if (hidden is null)
        {
            visible.SetMean(toVisible, means, workspace);
            return;
        }
        double[] logs = LogPartitions(toVisible, toHidden, cancellation);
        Matrix shares = means.Like(means.Rows, 1), part = means.Like(means.Rows, means.Columns);
        means.Fill(0);
        ForEachState(toVisible, toHidden!, (terms, v, _, _, _) =>
        {
            for (int r = 0; r < terms.Length; r++) terms[r] = Math.Exp(terms[r] - logs[r]);
            shares.WriteColumn(0, terms);
            part.SetScaled(v, shares);
            means.SetSum(means, 1, part);
        }, cancellation);
    }

    /// <summary>
    /// Visits each state of the listed layer with the other layer's means given it, for all rows: the logarithms of what it adds to their
    /// Z,
    /// then v and its inputs, h and its inputs, [N × …]; inputs are null for the layer that is listed.
    /// </summary>
    public void ForEachState(Matrix toVisible, Matrix toHidden, Action<double[], Matrix, Matrix?, Matrix, Matrix?> visit,
        CancellationToken cancellation = default)
    {
        Matrix v = toVisible.Like(toVisible.Rows, visible.Units), h = toHidden.Like(toHidden.Rows, hidden!.Units);
        bool listsVisible = ListsVisible;
        Matrix listed = listsVisible ? v : h;
        Action? report = null;
        double[] current = [];
        foreach (double[] terms in Terms(toVisible, toHidden, cancellation, (state, inputs) =>
        {
            listed.Fill(0);
            listed.SetSum(listed, 1, state);
            if (listsVisible) hidden.SetMean(inputs, h, workspace);
            else visible.SetMean(inputs, v, workspace);
            report = () => visit(current, v, listsVisible ? null : inputs, h, listsVisible ? inputs : null);
        }))
        {
            current = terms;
            report!();
        }
    }

    bool ListsVisible => visible.StateCount is long v && (hidden!.StateCount is not long h || v <= h);

    // log of what each state of the listed layer adds to Z, for all rows; the same array again and again.
    IEnumerable<double[]> Terms(Matrix toVisible, Matrix toHidden, CancellationToken cancellation,
        Action<Matrix, Matrix>? visit = null)
    {
        bool listsVisible = ListsVisible;
        Layer listed = listsVisible ? visible : hidden!, other = listsVisible ? hidden! : visible;
        Matrix own = listsVisible ? toVisible : toHidden, said = listsVisible ? toHidden : toVisible;
        int rows = own.Rows;
        Matrix state = own.Like(1, listed.Units), energy = own.Like(1, 1), inputs = own.Like(rows, other.Units),
            values = own.Like(rows, 1);
        var terms = new double[rows];
        for (long s = 0; s < listed.StateCount; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            listed.SetStates(s, state);
            energy.Fill(0);
            listed.AddEnergy(state, energy, -1, workspace);
            values.Fill(energy[0, 0]);
            values.AddRowSums(own, state);
            SetInputsFrom(state, said, inputs, transposed: !listsVisible);
            other.AddLogNormalizer(inputs, values, 1, workspace);
            visit?.Invoke(state, inputs);
            values.ReadColumn(0, terms);
            yield return terms;
        }
    }

    // inputs = what the memory says + one state's product with W, the same for all rows.
    void SetInputsFrom(Matrix state, Matrix said, Matrix inputs, bool transposed)
    {
        using Workspace.Loan lent = workspace.Lend(1, inputs.Columns, inputs.Placement);
        Matrix product = lent;
        product.SetProduct(state, weights!, transposeRight: transposed);
        inputs.SetSum(said, 1, product);
    }
}
