namespace Boltzmann;

/// <content>Energies of rows, and each layer given the other.</content>
public sealed partial class Rbm
{
    /// <summary>E(v, h) per row, in nats.</summary>
    /// <param name="visible">[B × V].</param>
    /// <param name="hidden">[B × H].</param>
    public double[] Energy(Matrix visible, Matrix hidden)
    {
        State state = StateOf(visible, hidden);
        var energies = new Matrix(visible.Rows, 1, Placement);
        AddEnergy(state, energies);
        return energies.ReadColumn(0);
    }

    /// <summary>F(v) = −log Σ_h e^{−E(v,h)} per row, in nats; p(v) = e^{−F(v)}/Z.</summary>
    public double[] FreeEnergy(Matrix visible)
    {
        var energies = new Matrix(visible.Rows, 1, Placement);
        AddFreeEnergy(StateOf(visible, null), HiddenIndex, energies);
        return energies.ReadColumn(0);
    }

    /// <summary>F(h) = −log Σ_v e^{−E(v,h)} per row: the free energy of the other side.</summary>
    public double[] HiddenFreeEnergy(Matrix hidden)
    {
        var energies = new Matrix(hidden.Rows, 1, Placement);
        AddFreeEnergy(StateOf(null, hidden), VisibleIndex, energies);
        return energies.ReadColumn(0);
    }

    /// <summary>hidden = E[h|v].</summary>
    public void SetHiddenMean(Matrix visible, Matrix hidden)
    {
        Matrix inputs = HiddenInputs(visible);
        Hidden.SetMean(inputs, hidden);
    }

    /// <summary>hidden ~ p(h|v).</summary>
    public void SampleHidden(Matrix visible, Matrix hidden, Rng rng) => Hidden.Sample(HiddenInputs(visible), hidden, rng);

    /// <summary>visible = E[v|h].</summary>
    public void SetVisibleMean(Matrix hidden, Matrix visible) => Visible.SetMean(VisibleInputs(hidden), visible);

    /// <summary>visible ~ p(v|h).</summary>
    public void SampleVisible(Matrix hidden, Matrix visible, Rng rng) => Visible.Sample(VisibleInputs(hidden), visible, rng);

    Matrix HiddenInputs(Matrix visible)
    {
        Matrix inputs = visible.Like(visible.Rows, Hidden.Units);
        inputs.SetProduct(visible, Weights);
        return inputs;
    }

    Matrix VisibleInputs(Matrix hidden)
    {
        Matrix inputs = hidden.Like(hidden.Rows, Visible.Units);
        inputs.SetProduct(hidden, Weights, transposeRight: true);
        return inputs;
    }

    State StateOf(Matrix? visible, Matrix? hidden)
    {
        if (visible is not null && visible.Columns != Visible.Units)
            throw new ArgumentException($"the model has {Visible.Units} visible units, but the rows have {visible.Columns} columns");
        if (hidden is not null && hidden.Columns != Hidden.Units)
            throw new ArgumentException($"the model has {Hidden.Units} hidden units, but the rows have {hidden.Columns} columns");
        if (visible is not null && hidden is not null && visible.Rows != hidden.Rows)
            throw new ArgumentException($"there are {visible.Rows} visible rows, but {hidden.Rows} hidden ones");
        var state = new State(this, (visible ?? hidden)!.Rows);
        if (visible is not null) state[VisibleIndex].SetCopy(visible);
        if (hidden is not null) state[HiddenIndex].SetCopy(hidden);
        return state;
    }
}
