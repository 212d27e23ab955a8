namespace Boltzmann.Models;

/// <summary>Units with two values, low and high, with potential U(x) = −b·x: what Bernoulli and spin units share.</summary>
public abstract class TwoStateLayer : Layer
{
    readonly Matrix bias;

    private protected TwoStateLayer(int units, double low, Placement? placement) : base(units, placement)
    {
        Low = low;
        bias = new Matrix(1, units, Placement);
        Parameters = [new("bias", bias)];
    }

    /// <summary>The lower of the two values.</summary>
    public double Low { get; }

    /// <summary>The higher of the two values.</summary>
    public double High { get; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null) =>
        energies.AddRowSums(states, bias, -scale);

    /// <inheritdoc/>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null) =>
        values.AddTwoStateLogNormalizer(inputs, bias, Low, High, scale);

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        destination.SetTwoStateMean(inputs, bias, Low, High);

    /// <inheritdoc/>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) =>
        destination.SampleTwoState(inputs, bias, Low, High, rng);

    /// <inheritdoc/>
    internal override void SetUnits(in InputProduct product, Matrix inputs, Matrix? mean, Matrix? sample, Rng? rng, Workspace? workspace) =>
        inputs.SetTwoStateProduct(product, mean, sample, bias, Low, High, rng);

    /// <inheritdoc/>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null) =>
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);

    /// <inheritdoc/>
    public override bool HasVariance => true;

    /// <summary>(high − E[x])(E[x] − low).</summary>
    public override void SetVariance(Matrix inputs, Matrix destination, Workspace? workspace = null)
    {
        using Workspace.Loan means = Workspace.Like(workspace, inputs);
        SetMean(inputs, means, workspace);
        using Workspace.Loan ends = Workspace.Of(workspace, 1, 1, Placement);
        ends.Matrix.Fill(1);
        destination.SetSum(means, -1, ends, High);
        means.Matrix.SetSum(means, 1, ends, -Low);
        destination.SetScaled(destination, means);
    }

    /// <inheritdoc/>
    public override long? StateCount => Units <= 62 ? 1L << Units : null;

    /// <summary>State s has unit i high where bit i of s is set.</summary>
    public override void SetStates(long first, Matrix destination)
    {
        var row = new double[Units];
        for (int r = 0; r < destination.Rows; r++)
        {
            for (int i = 0; i < row.Length; i++) row[i] = ((first + r) >> i & 1) != 0 ? High : Low;
            destination.WriteRow(r, row);
        }
    }

    /// <inheritdoc/>
    public override int ColumnsPerUnit => 1;

    /// <inheritdoc/>
    public override int Alternatives => 1;

    /// <inheritdoc/>
    public override void SetAlternative(int number, Span<double> value) => value[0] = Low + High - value[0];

    /// <inheritdoc/>
    public override bool TakesWholeRange => true;

    /// <inheritdoc/>
    public override void SetExtreme(bool isHigh, Matrix states, Rng rng) => states.Fill(isHigh ? High : Low);

    /// <summary>b = logit(p)/(high − low), p the probability of high, kept inside [10⁻⁷, 1 − 10⁻⁷] for units that never change.</summary>
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        var values = new double[Units];
        for (int i = 0; i < values.Length; i++)
        {
            double p = Math.Clamp((means[i] - Low) / (High - Low), 1e-7, 1 - 1e-7);
            values[i] = Math.Log(p / (1 - p)) / (High - Low);
        }
        bias.WriteRow(0, values);
    }
}
