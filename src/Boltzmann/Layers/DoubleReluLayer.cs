namespace Boltzmann;

/// <summary>
/// Double rectified units (dReLU), real numbers with potential U(x) = ½γ₊x₊² + ½γ₋x₋² + κ|x| − bx, where x₊ = max(x, 0), x₋ = min(x, 0):
/// two half-normals of their own widths that meet at 0. In the words of the paper (Tubiana, Cocco and Monasson 2019) θ₊ = κ − b and
/// θ₋ = −κ − b. Gaussian units are the case γ₊ = γ₋, κ = 0; rectified ones the limit of large γ₋; and κ &lt; 0 has two humps.
/// All four parameters learn.
/// </summary>
public sealed class DoubleReluLayer : Layer
{
    /// <summary>The name in files.</summary>
    public const string Name = "drelu";

    readonly DoubleRectifiedUnits parameters;

    /// <summary>Units that are normal at first, with mean 0.</summary>
    /// <param name="units">Number of units.</param>
    /// <param name="sigma">Their standard deviation, 1/√γ₊ = 1/√γ₋; κ = b = 0.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentOutOfRangeException">Sigma is not positive and finite.</exception>
    public DoubleReluLayer(int units, double sigma = 1, Placement? placement = null) : base(units, placement)
    {
        if (!(sigma > 0 && double.IsFinite(sigma)))
            throw new ArgumentOutOfRangeException(nameof(sigma), $"the standard deviation must be positive and finite, not {sigma}");
        double precision = 1 / (sigma * sigma);
        parameters = new(new Matrix(1, units, Placement), new Matrix(1, units, Placement), Matrix.Row(units, precision, Placement),
            Matrix.Row(units, precision, Placement));
        Parameters = [new("bias", parameters.Bias), new("kink", parameters.Kink),
            new("upper-precision", parameters.Upper, IsPositive: true), new("lower-precision", parameters.Lower, IsPositive: true)];
    }

    internal static LayerKind Registration { get; } = new(Name, UnitValues.Reals, (layer, placement) =>
        new DoubleReluLayer(layer.Size, 1, placement))
    { Parameters = ["bias", "kink", "upper-precision", "lower-precision"] };

    /// <summary>κ, [1 × units].</summary>
    public Matrix Kink => parameters.Kink;

    /// <summary>γ₊, [1 × units].</summary>
    public Matrix UpperPrecision => parameters.Upper;

    /// <summary>γ₋, [1 × units].</summary>
    public Matrix LowerPrecision => parameters.Lower;

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override UnitValues Values => UnitValues.Reals;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null)
    {
        using Workspace.Loan lent = Workspace.Like(workspace, states);
        Matrix part = lent;
        energies.AddRowSums(states, parameters.Bias, -scale);
        part.SetMap<Magnitude>(states);
        energies.AddRowSums(part, parameters.Kink, scale);
        part.SetMap<UpperSquare>(states);
        energies.AddRowSums(part, parameters.Upper, scale / 2);
        part.SetMap<LowerSquare>(states);
        energies.AddRowSums(part, parameters.Lower, scale / 2);
    }

    /// <inheritdoc/>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null) =>
        values.AddDoubleRectifiedLogNormalizer(inputs, parameters, scale);

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        destination.SetDoubleRectifiedMean(inputs, parameters);

    /// <inheritdoc/>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) =>
        destination.SampleDoubleRectified(inputs, parameters, rng);

    /// <summary>∂(−U) by b, κ, γ₊ and γ₋ is x, −|x|, −x₊²/2 and −x₋²/2; for means, what is expected of each given the inputs.</summary>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null)
    {
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);
        using Workspace.Loan first = Workspace.Like(workspace, states), second = Workspace.Like(workspace, states),
            third = Workspace.Like(workspace, states);
        Matrix magnitude = first, upper = second, lower = third;
        if (inputs is not null) magnitude.SetDoubleRectifiedMagnitude(inputs, parameters, upper, lower);
        else
        {
            magnitude.SetMap<Magnitude>(states);
            upper.SetMap<UpperSquare>(states);
            lower.SetMap<LowerSquare>(states);
        }
        gradients[1].SetColumnSums(magnitude, null, rowWeights, -scale, keep: 1);
        gradients[2].SetColumnSums(upper, null, rowWeights, -scale / 2, keep: 1);
        gradients[3].SetColumnSums(lower, null, rowWeights, -scale / 2, keep: 1);
    }

    /// <summary>γ₊ and γ₋ grow by it.</summary>
    public override bool TryAddPrecision(double precision)
    {
        Matrix more = Matrix.Row(1, precision, Placement);
        parameters.Upper.SetSum(parameters.Upper, 1, more);
        parameters.Lower.SetSum(parameters.Lower, 1, more);
        return true;
    }

    /// <summary>A normal of these moments: γ₊ = γ₋ = 1/variance (1 for a constant unit), b = γ·mean, κ = 0.</summary>
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        double[] gamma = new double[Units], theta = new double[Units];
        for (int i = 0; i < gamma.Length; i++)
        {
            gamma[i] = variances[i] > 0 ? 1 / variances[i] : 1;
            theta[i] = gamma[i] * means[i];
        }
        parameters.Bias.WriteRow(0, theta);
        parameters.Kink.Fill(0);
        parameters.Upper.WriteRow(0, gamma);
        parameters.Lower.WriteRow(0, gamma);
    }

    /// <inheritdoc/>
    protected override Layer OfSize(IReadOnlyList<int> units) => new DoubleReluLayer(units.Count, 1, Placement);

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new DoubleReluLayer(Units, 1, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }
}
