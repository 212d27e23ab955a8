namespace Boltzmann;

/// <summary>Units with two values, low and high, with potential U(x) = −b·x: what Bernoulli and spin units share.</summary>
public abstract class TwoStateLayer : Layer
{
    readonly double low;
    readonly Matrix bias;

    private protected TwoStateLayer(int units, double low, Placement? placement) : base(units, placement)
    {
        this.low = low;
        bias = new Matrix(1, units, Placement);
        Parameters = [new("bias", bias)];
    }

    const double High = 1;

    /// <summary>The lower of the two values; the higher is 1.</summary>
    internal double Low => low;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1) => energies.AddRowSums(states, bias, -scale);

    /// <inheritdoc/>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1) => values.AddTwoStateLogNormalizer(inputs, bias, low, High, scale);

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination) => destination.SetTwoStateMean(inputs, bias, low, High);

    /// <inheritdoc/>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng) => destination.SampleTwoState(inputs, bias, low, High, rng);

    /// <inheritdoc/>
    internal override void SetUnits(in InputProduct product, Matrix inputs, Matrix? mean, Matrix? sample, Rng? rng) =>
        inputs.SetTwoStateProduct(product, mean, sample, bias, low, High, rng);

    /// <summary>Sweeps through units that are joined to each other; see <see cref="Matrix.SampleTwoStateWithin"/> and <see cref="Matrix.SampleTwoStateEdges"/>.</summary>
    /// <param name="inputs">Those from within included where all pairs are joined, without them where edges are; null for none.</param>
    /// <param name="states">Moved.</param>
    /// <param name="within">What joins the units.</param>
    /// <param name="scale">Factor on the weights.</param>
    /// <param name="free">Which units may move; null for all.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="sweeps">More than one with edges only.</param>
    internal void SampleWithin(Matrix? inputs, Matrix states, Connection within, double scale, Matrix? free, Rng rng, int sweeps = 1)
    {
        if (within.Edges is EdgeList edges) states.SampleTwoStateEdges(inputs, bias, edges, within.Weights, low, High, rng, scale, free, sweeps);
        else states.SampleTwoStateWithin(inputs!, bias, within.Weights, low, High, rng, scale, free);
    }

    /// <summary>Sets units that are joined to each other to their means, one after another.</summary>
    /// <inheritdoc cref="SampleWithin"/>
    internal void SetMeanWithin(Matrix inputs, Matrix states, Connection within, double scale, Matrix? free)
    {
        if (within.Edges is EdgeList edges) states.SetTwoStateMeanEdges(inputs, bias, edges, within.Weights, low, High, scale, free);
        else states.SetTwoStateMeanWithin(inputs, bias, within.Weights, low, High, scale, free);
    }

    /// <inheritdoc/>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients) =>
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);

    /// <inheritdoc/>
    public override long? StateCount => Units <= 62 ? 1L << Units : null;

    /// <summary>State s has unit i high where bit i of s is set.</summary>
    public override void SetStates(long first, Matrix destination)
    {
        var row = new double[Units];
        for (int r = 0; r < destination.Rows; r++)
        {
            for (int i = 0; i < row.Length; i++) row[i] = ((first + r) >> i & 1) != 0 ? High : low;
            destination.WriteRow(r, row);
        }
    }

    /// <inheritdoc/>
    public override int ColumnsPerUnit => 1;

    /// <inheritdoc/>
    public override int Alternatives => 1;

    /// <inheritdoc/>
    public override void SetAlternative(int number, Span<double> value) => value[0] = low + High - value[0];

    /// <inheritdoc/>
    public override string? Complaint(ReadOnlySpan<double> row) => OutsideOf(row, low, High, Kind);

    /// <summary>b = logit(p)/(high − low), p the probability of high, kept inside [10⁻⁷, 1 − 10⁻⁷] for units that never change.</summary>
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        var values = new double[Units];
        for (int i = 0; i < values.Length; i++)
        {
            double p = Math.Clamp((means[i] - low) / (High - low), 1e-7, 1 - 1e-7);
            values[i] = Math.Log(p / (1 - p)) / (High - low);
        }
        bias.WriteRow(0, values);
    }
}
