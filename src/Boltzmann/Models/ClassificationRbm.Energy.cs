namespace Boltzmann;

/// <content>Energies and free energies of rows.</content>
public sealed partial class ClassificationRbm
{
    /// <summary>F(x) = −log Σ_y Σ_h e^{−E(x,y,h)} per row, in nats; p(x) = e^{−F(x)}/Z.</summary>
    /// <param name="visible">[N × visible units].</param>
    public double[] FreeEnergy(Matrix visible)
    {
        var energies = new Matrix(visible.Rows, 1, Placement);
        ClassScan.ForChunks(this, visible, (first, rows, scan) =>
        {
            Matrix part = energies.RowRange(first, rows.Rows);
            Visible.AddEnergy(rows, part);
            Labels.AddLogNormalizer(scan.LogWeights(), part, -1);
        });
        return energies.ReadColumn(0);
    }

    /// <summary>F(x, y) = −log Σ_h e^{−E(x,y,h)} per row, in nats; p(x, y) = e^{−F(x,y)}/Z.</summary>
    /// <param name="visible">[N × visible units].</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <exception cref="ArgumentException">Rows and labels differ in number, or a label is not a class.</exception>
    public double[] FreeEnergy(Matrix visible, ReadOnlySpan<int> labels)
    {
        var energies = new Matrix(visible.Rows, 1, Placement);
        AddFreeEnergy(StateOf(visible, labels), HiddenIndex, energies);
        return energies.ReadColumn(0);
    }

    /// <summary>E(x, y, h) per row, in nats.</summary>
    /// <param name="visible">[N × visible units].</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="hidden">[N × hidden units].</param>
    public double[] Energy(Matrix visible, ReadOnlySpan<int> labels, Matrix hidden)
    {
        State state = StateOf(visible, labels);
        state[HiddenIndex].SetCopy(hidden);
        var energies = new Matrix(visible.Rows, 1, Placement);
        AddEnergy(state, energies);
        return energies.ReadColumn(0);
    }

    /// <summary>A state of these rows and classes; the hidden layer is not set.</summary>
    /// <exception cref="ArgumentException">Rows and labels differ in number, a label is not a class, or the rows have another
    /// width.</exception>
    internal State StateOf(Matrix visible, ReadOnlySpan<int> labels)
    {
        if (visible.Columns != Visible.Units)
            throw new ArgumentException($"the model has {Visible.Units} visible units, but the rows have {visible.Columns} columns");
        if (labels.Length != visible.Rows) throw new ArgumentException($"there are {visible.Rows} rows, but {labels.Length} labels");
        foreach (int label in labels)
            if ((uint)label >= (uint)Classes) throw new ArgumentException($"label {label} is not one of {Classes} classes");
        var state = new State(this, visible.Rows);
        state[VisibleIndex].SetCopy(visible);
        state[LabelIndex].SetOneHot(labels);
        return state;
    }
}
