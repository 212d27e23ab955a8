using System.Buffers;

namespace Boltzmann;

/// <summary>
/// Real units with potential U(x) = γx²/2 − θx: given inputs, normal with mean (I + θ)/γ and variance 1/γ. θ is the bias, γ the precision;
/// alone, μ = θ/γ and σ² = 1/γ (Welling, Rosen-Zvi and Hinton 2005, in natural parameters, so that weights never carry a unit's scale).
/// </summary>
public sealed class GaussianLayer : QuadraticLayer
{
    /// <summary>The name in files.</summary>
    public const string Name = "gaussian";

    /// <summary>Units with mean 0 and the same standard deviation.</summary>
    /// <param name="units">Number of units.</param>
    /// <param name="sigma">Standard deviation of a unit without inputs.</param>
    /// <param name="learnPrecision">Whether learning moves γ.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentOutOfRangeException">Sigma is not positive and finite.</exception>
    public GaussianLayer(int units, double sigma = 1, bool learnPrecision = false, Placement? placement = null) : base(units, sigma,
        learnPrecision, placement)
    { }

    internal static LayerKind Registration { get; } = new(Name, UnitValues.Reals, (layer, placement) =>
        new GaussianLayer(layer.Size, 1, layer.Flag(LearnsPrecisionField), placement))
    {
        Fields = QuadraticFields,
        Parameters = QuadraticParameters,
    };

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override UnitValues Values => UnitValues.Reals;

    /// <inheritdoc/>
    public override Activation? MeanActivation => Activation.Linear;

    /// <summary>values += scale·Σ [(I + θ)²/2γ + ½ log(2π/γ)].</summary>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null) =>
        AddLogNormalizer(inputs, Bias, Precision, values, scale, workspace);

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        SetMean(inputs, Bias, Precision, destination);

    /// <summary>destination = z/√γ + (I + θ)/γ, z standard normal.</summary>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) =>
        Sample(inputs, Bias, Precision, destination, rng);

    /// <summary>The same of any parameters, for units that are a part of a <see cref="MixedLayer"/>.</summary>
    internal static void AddLogNormalizer(Matrix inputs, Matrix bias, Matrix precision, Matrix values, double scale, Workspace? workspace)
    {
        using Workspace.Loan totals = Workspace.Like(workspace, inputs), means = Workspace.Like(workspace, inputs),
            constants = Workspace.Of(workspace, 1, 1, inputs.Placement);
        Matrix total = totals, mean = means, constant = constants;
        total.SetSum(inputs, 1, bias);
        mean.SetScaled(total, precision, -1);
        values.AddRowSums(total, mean, scale / 2);
        constant[0, 0] = LogPartitionOf(precision);
        values.SetSum(values, 1, constant, scale);
    }

    /// <inheritdoc cref="AddLogNormalizer(Matrix, Matrix, Matrix, Matrix, double, Workspace?)"/>
    internal static void SetMean(Matrix inputs, Matrix bias, Matrix precision, Matrix destination)
    {
        destination.SetSum(inputs, 1, bias);
        destination.SetScaled(destination, precision, -1);
    }

    /// <inheritdoc cref="AddLogNormalizer(Matrix, Matrix, Matrix, Matrix, double, Workspace?)"/>
    internal static void Sample(Matrix inputs, Matrix bias, Matrix precision, Matrix destination, Rng rng)
    {
        // (z·√γ + I + θ)/γ needs no second matrix.
        destination.SampleNormal(rng);
        destination.SetScaled(destination, precision, 0.5);
        destination.SetSum(destination, 1, inputs);
        destination.SetSum(destination, 1, bias);
        destination.SetScaled(destination, precision, -1);
    }

    // ⟨x²⟩ = ⟨x⟩² + 1/γ.
    private protected override void AddConditionalSquares(Matrix means, Matrix inputs, Matrix? rowWeights, double scale, Matrix sums,
        Workspace? workspace)
    {
        sums.SetColumnSums(means, means, rowWeights, scale, keep: 1);
        using Workspace.Loan lent = Workspace.Like(workspace, Precision);
        Matrix variances = lent;
        variances.Fill(1);
        variances.SetScaled(variances, Precision, -1);
        sums.SetSum(sums, 1, variances, scale * (rowWeights?.Summarize().Sum ?? means.Rows));
    }

    /// <summary>Sets mean and standard deviation of each unit without inputs: γ = 1/σ², θ = μ/σ².</summary>
    /// <exception cref="ArgumentException">A standard deviation is not positive.</exception>
    public void SetMeanAndSigma(ReadOnlySpan<double> means, ReadOnlySpan<double> sigmas)
    {
        double[] gamma = new double[Units], theta = new double[Units];
        for (int i = 0; i < gamma.Length; i++)
        {
            if (!(sigmas[i] > 0)) throw new ArgumentException($"the standard deviation of unit {i} must be positive, not {sigmas[i]}");
            gamma[i] = 1 / (sigmas[i] * sigmas[i]);
            theta[i] = means[i] * gamma[i];
        }
        Precision.WriteRow(0, gamma);
        Bias.WriteRow(0, theta);
    }

    /// <inheritdoc/>
    protected override Layer OfSize(IReadOnlyList<int> units) => new GaussianLayer(units.Count, 1, LearnsPrecision, Placement);

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new GaussianLayer(Units, 1, LearnsPrecision, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }

    // Σ ½ log(2π/γ).
    static double LogPartitionOf(Matrix precision)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(precision.Columns);
        Span<double> gammas = rented.AsSpan(0, precision.Columns);
        precision.ReadRow(0, gammas);
        double sum = 0;
        foreach (double gamma in gammas) sum += 0.5 * Math.Log(2 * Math.PI / gamma);
        ArrayPool<double>.Shared.Return(rented);
        return sum;
    }
}
