namespace Boltzmann;

/// <summary>
/// Rectified Gaussian units, x ≥ 0 with potential U(x) = γx²/2 − θx: given inputs, a normal with mean (I + θ)/γ and variance 1/γ cut off
/// below 0 and renormalised. The exact density of the units that max(0, noisy input) approximates (Nair and Hinton 2010).
/// </summary>
/// <param name="units">Number of units; θ = 0 at first.</param>
/// <param name="sigma">Standard deviation before the cut, 1/√γ.</param>
/// <param name="learnPrecision">Whether learning moves γ.</param>
/// <param name="placement">Where the parameters live.</param>
/// <exception cref="ArgumentOutOfRangeException">Sigma is not positive and finite.</exception>
public sealed class ReluLayer(int units, double sigma = 1, bool learnPrecision = false, Placement? placement = null) : QuadraticLayer(units,
    sigma, learnPrecision, placement)
{
    /// <summary>The name in files.</summary>
    public const string Name = "relu";

    internal static LayerKind Registration { get; } = new(Name, UnitValues.NonNegative, (layer, placement) =>
        new ReluLayer(layer.Size, 1, layer.Flag(LearnsPrecisionField), placement))
    {
        Fields = QuadraticFields,
        Parameters = QuadraticParameters,
    };

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override UnitValues Values => UnitValues.NonNegative;

    /// <inheritdoc/>
    public override Activation? MeanActivation => Activation.Relu;

    /// <inheritdoc/>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null) =>
        values.AddRectifiedLogNormalizer(inputs, Bias, Precision, scale);

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        destination.SetRectifiedMean(inputs, Bias, Precision);

    /// <inheritdoc/>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) =>
        destination.SampleRectified(inputs, Bias, Precision, rng);

    private protected override double LeastValue => 0;

    private protected override void AddConditionalSquares(Matrix means, Matrix inputs, Matrix? rowWeights, double scale, Matrix sums,
        Workspace? workspace)
    {
        using Workspace.Loan squares = Workspace.Like(workspace, means);
        Matrix second = squares;
        second.SetRectifiedSecondMoment(inputs, Bias, Precision);
        sums.SetColumnSums(second, null, rowWeights, scale, keep: 1);
    }

    /// <inheritdoc/>
    public override string? Complaint(ReadOnlySpan<double> row)
    {
        for (int c = 0; c < row.Length; c++)
            if (!(row[c] >= 0 && double.IsFinite(row[c])))
                return $"column {c + 1}: {row[c]:R} is not a finite number of at least 0 that relu units allow";
        return null;
    }

    /// <inheritdoc/>
    protected override Layer OfSize(IReadOnlyList<int> units) => new ReluLayer(units.Count, 1, LearnsPrecision, Placement);

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new ReluLayer(Units, 1, LearnsPrecision, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }
}
