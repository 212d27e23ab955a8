namespace Boltzmann;

/// <content>What rows say about their classes and features.</content>
public sealed partial class ClassificationRbm
{
    // A chunk of rows keeps its inputs for one class in the cache; all classes pass over them twice.
    const int ChunkRows = 512;

    /// <summary>
    /// log p(y|x) of every class, [N × K], in nats: d_y + log-normaliser of the hidden units given Wᵀx + U_·y, less the same summed over
    /// the classes (Larochelle and Bengio 2008, eq. 2). xW is formed once for all classes.
    /// </summary>
    /// <param name="visible">[N × visible units].</param>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    public Matrix PredictLogProbabilities(Matrix visible) => PerClass(visible, (logWeights, destination) =>
    {
        var normalizers = new Matrix(logWeights.Rows, 1, Placement);
        Labels.AddLogNormalizer(logWeights, normalizers);
        destination.SetSum(logWeights, 1, Labels.Bias);
        destination.SetSum(destination, 1, normalizers, -1);
    });

    /// <summary>p(y|x) of every class, [N × K].</summary>
    /// <inheritdoc cref="PredictLogProbabilities"/>
    public Matrix PredictProbabilities(Matrix visible) =>
        PerClass(visible, (logWeights, destination) => Labels.SetMean(logWeights, destination));

    /// <summary>The most probable class of each row; the first of several.</summary>
    /// <inheritdoc cref="PredictLogProbabilities"/>
    public int[] Predict(Matrix visible) => Classification.MostProbable(PredictLogProbabilities(visible));

    /// <summary>labels ~ p(y|x), one-hot.</summary>
    /// <param name="visible">[N × visible units].</param>
    /// <param name="labels">[N × K].</param>
    /// <param name="rng">Source of randomness.</param>
    public void SampleLabels(Matrix visible, Matrix labels, Rng rng) =>
        Labels.Sample(PerClass(visible, (logWeights, destination) => destination.SetCopy(logWeights)), labels, rng);

    /// <summary>F(x) = −log Σ_y Σ_h e^{−E(x,y,h)} per row, in nats; p(x) = e^{−F(x)}/Z.</summary>
    /// <param name="visible">[N × visible units].</param>
    public double[] FreeEnergy(Matrix visible)
    {
        var energies = new Matrix(visible.Rows, 1, Placement);
        ForChunks(visible, (first, rows, scan) =>
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

    /// <summary>E[h|x, y]: the features of rows whose classes are known, [N × hidden units].</summary>
    /// <param name="visible">[N × visible units].</param>
    /// <param name="labels">The class of each row, from 0.</param>
    public Matrix Transform(Matrix visible, ReadOnlySpan<int> labels)
    {
        State state = StateOf(visible, labels);
        SetInputs(state, HiddenIndex, state.Inputs(HiddenIndex));
        Hidden.SetMean(state.Inputs(HiddenIndex), state[HiddenIndex]);
        return state[HiddenIndex];
    }

    /// <summary>E[h|x] = Σ_y p(y|x)·E[h|x, y]: the features of rows whose classes are not known, [N × hidden units].</summary>
    /// <param name="visible">[N × visible units].</param>
    public Matrix Transform(Matrix visible)
    {
        Matrix features = visible.Like(visible.Rows, Hidden.Units);
        ForChunks(visible, (first, rows, scan) =>
        {
            Matrix part = features.RowRange(first, rows.Rows), probabilities = rows.Like(rows.Rows, Classes),
                ofClass = rows.Like(rows.Rows, 1), means = part.Like(part.Rows, part.Columns);
            Labels.SetMean(scan.LogWeights(), probabilities);
            for (int y = 0; y < Classes; y++)
            {
                ofClass.SetProduct(probabilities, scan.OneHot(y), transposeRight: true);
                Hidden.SetMean(scan.Inputs(y), means);
                means.SetScaled(means, ofClass);
                part.SetSum(part, 1, means);
            }
        });
        return features;
    }

    Matrix PerClass(Matrix visible, Action<Matrix, Matrix> set)
    {
        var result = new Matrix(visible.Rows, Classes, Placement);
        ForChunks(visible, (first, rows, scan) => set(scan.LogWeights(), result.RowRange(first, rows.Rows)));
        return result;
    }

    void ForChunks(Matrix visible, Action<int, Matrix, ClassScan> work)
    {
        if (visible.Columns != Visible.Units)
            throw new ArgumentException($"the model has {Visible.Units} visible units, but the rows have {visible.Columns} columns");
        var scan = new ClassScan(this);
        for (int first = 0; first < visible.Rows; first += ChunkRows)
        {
            Matrix rows = visible.RowRange(first, Math.Min(ChunkRows, visible.Rows - first));
            scan.Start(rows);
            work(first, rows, scan);
        }
    }

    State StateOf(Matrix visible, ReadOnlySpan<int> labels)
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
