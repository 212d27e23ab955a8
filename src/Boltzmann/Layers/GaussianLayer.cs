namespace Boltzmann;

/// <summary>
/// Real units with potential U(x) = γx²/2 − θx: given inputs, normal with mean (I + θ)/γ and variance 1/γ. θ is the bias, γ the precision;
/// alone, μ = θ/γ and σ² = 1/γ (Welling, Rosen-Zvi and Hinton 2005, in natural parameters, so that weights never carry a unit's scale).
/// </summary>
public sealed class GaussianLayer : Layer
{
    /// <summary>The name in files.</summary>
    public const string Name = "gaussian";

    readonly Matrix bias, precision, logPartition;
    readonly bool learnsPrecision;
    readonly double[] gammas;
    Matrix? scratch, moreScratch;

    /// <summary>Units with mean 0 and the same standard deviation.</summary>
    /// <param name="units">Number of units.</param>
    /// <param name="sigma">Standard deviation of a unit without inputs.</param>
    /// <param name="learnPrecision">Whether learning moves γ.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentOutOfRangeException">Sigma is not positive and finite.</exception>
    public GaussianLayer(int units, double sigma = 1, bool learnPrecision = false, Placement? placement = null) : base(units, placement)
    {
        if (!(sigma > 0 && double.IsFinite(sigma))) throw new ArgumentOutOfRangeException(nameof(sigma), $"the standard deviation must be positive and finite, not {sigma}");
        bias = new Matrix(1, units, Placement);
        precision = Matrix.Row(units, 1 / (sigma * sigma), Placement);
        logPartition = new Matrix(1, 1, Placement);
        gammas = new double[units];
        learnsPrecision = learnPrecision;
        Parameters = [new("bias", bias), new("precision", precision, IsPositive: true, IsFixed: !learnPrecision)];
    }

    /// <summary>γ, [1 × units].</summary>
    public Matrix Precision => precision;

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1)
    {
        Matrix squares = Scratch(ref scratch, states);
        squares.SetScaled(states, states);
        energies.AddRowSums(squares, precision, scale / 2);
        energies.AddRowSums(states, bias, -scale);
    }

    /// <summary>values += scale·Σ [(I + θ)²/2γ + ½ log(2π/γ)].</summary>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1)
    {
        Matrix total = Scratch(ref scratch, inputs), mean = Scratch(ref moreScratch, inputs);
        total.SetSum(inputs, 1, bias);
        mean.SetScaled(total, precision, -1);
        values.AddRowSums(total, mean, scale / 2);
        double constant = 0;
        precision.ReadRow(0, gammas);
        foreach (double gamma in gammas) constant += 0.5 * Math.Log(2 * Math.PI / gamma);
        logPartition[0, 0] = constant;
        values.SetSum(values, 1, logPartition, scale);
    }

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination)
    {
        destination.SetSum(inputs, 1, bias);
        destination.SetScaled(destination, precision, -1);
    }

    /// <summary>destination = z/√γ + (I + θ)/γ, z standard normal.</summary>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng)
    {
        // (z·√γ + I + θ)/γ needs no second matrix.
        destination.SampleNormal(rng);
        destination.SetScaled(destination, precision, 0.5);
        destination.SetSum(destination, 1, inputs);
        destination.SetSum(destination, 1, bias);
        destination.SetScaled(destination, precision, -1);
    }

    /// <summary>∂(−U)/∂θ = x, ∂(−U)/∂γ = −x²/2; from means, ⟨x²⟩ = ⟨x⟩² + 1/γ.</summary>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients)
    {
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);
        if (!learnsPrecision) return;
        gradients[1].SetColumnSums(states, states, rowWeights, -scale / 2, keep: 1);
        if (inputs is null) return;
        double weight = rowWeights?.Summarize().Sum ?? states.Rows;
        Matrix variance = precision.Like(1, Units);
        variance.Fill(-scale / 2 * weight);
        variance.SetScaled(variance, precision, -1);
        gradients[1].SetSum(gradients[1], 1, variance);
    }

    /// <inheritdoc/>
    public override string? Complaint(ReadOnlySpan<double> row)
    {
        for (int c = 0; c < row.Length; c++)
            if (!double.IsFinite(row[c])) return $"column {c + 1}: {row[c]} is not a finite number";
        return null;
    }

    /// <summary>θ = γ·mean; a learned γ starts at 1/variance (1 for a constant unit), a fixed one stays.</summary>
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        double[] gamma = precision.ReadRow(0), theta = new double[Units];
        for (int i = 0; i < gamma.Length; i++)
        {
            if (learnsPrecision) gamma[i] = variances[i] > 0 ? 1 / variances[i] : 1;
            theta[i] = gamma[i] * means[i];
        }
        precision.WriteRow(0, gamma);
        bias.WriteRow(0, theta);
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
        precision.WriteRow(0, gamma);
        bias.WriteRow(0, theta);
    }

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new GaussianLayer(Units, 1, learnsPrecision, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }
}
