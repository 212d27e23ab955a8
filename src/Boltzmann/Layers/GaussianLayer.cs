namespace Boltzmann;

/// <summary>
/// Real units with potential U(x) = γx²/2 − θx: given inputs, normal with mean (I + θ)/γ and variance 1/γ. θ is the bias, γ the precision;
/// alone, μ = θ/γ and σ² = 1/γ (Welling, Rosen-Zvi and Hinton 2005, in natural parameters, so that weights never carry a unit's scale).
/// </summary>
public sealed class GaussianLayer : QuadraticLayer
{
    /// <summary>The name in files.</summary>
    public const string Name = "gaussian";

    readonly Matrix logPartition, ones, variances;
    readonly double[] gammas;
    Matrix? totals, means;

    /// <summary>Units with mean 0 and the same standard deviation.</summary>
    /// <param name="units">Number of units.</param>
    /// <param name="sigma">Standard deviation of a unit without inputs.</param>
    /// <param name="learnPrecision">Whether learning moves γ.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentOutOfRangeException">Sigma is not positive and finite.</exception>
    public GaussianLayer(int units, double sigma = 1, bool learnPrecision = false, Placement? placement = null) : base(units, sigma, learnPrecision, placement)
    {
        logPartition = new Matrix(1, 1, Placement);
        ones = Matrix.Row(units, 1, Placement);
        variances = new Matrix(1, units, Placement);
        gammas = new double[units];
    }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <summary>values += scale·Σ [(I + θ)²/2γ + ½ log(2π/γ)].</summary>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1)
    {
        Matrix total = Scratch(ref totals, inputs), mean = Scratch(ref means, inputs);
        total.SetSum(inputs, 1, Bias);
        mean.SetScaled(total, Precision, -1);
        values.AddRowSums(total, mean, scale / 2);
        double constant = 0;
        Precision.ReadRow(0, gammas);
        foreach (double gamma in gammas) constant += 0.5 * Math.Log(2 * Math.PI / gamma);
        logPartition[0, 0] = constant;
        values.SetSum(values, 1, logPartition, scale);
    }

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination)
    {
        destination.SetSum(inputs, 1, Bias);
        destination.SetScaled(destination, Precision, -1);
    }

    /// <summary>destination = z/√γ + (I + θ)/γ, z standard normal.</summary>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng)
    {
        // (z·√γ + I + θ)/γ needs no second matrix.
        destination.SampleNormal(rng);
        destination.SetScaled(destination, Precision, 0.5);
        destination.SetSum(destination, 1, inputs);
        destination.SetSum(destination, 1, Bias);
        destination.SetScaled(destination, Precision, -1);
    }

    // ⟨x²⟩ = ⟨x⟩² + 1/γ.
    private protected override void AddConditionalSquares(Matrix means, Matrix inputs, Matrix? rowWeights, double scale, Matrix sums)
    {
        sums.SetColumnSums(means, means, rowWeights, scale, keep: 1);
        variances.SetScaled(ones, Precision, -1);
        sums.SetSum(sums, 1, variances, scale * (rowWeights?.Summarize().Sum ?? means.Rows));
    }

    /// <inheritdoc/>
    public override string? Complaint(ReadOnlySpan<double> row)
    {
        for (int c = 0; c < row.Length; c++)
            if (!double.IsFinite(row[c])) return $"column {c + 1}: {row[c]} is not a finite number";
        return null;
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
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new GaussianLayer(Units, 1, LearnsPrecision, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }
}
