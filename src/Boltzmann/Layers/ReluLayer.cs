namespace Boltzmann;

/// <summary>
/// Rectified Gaussian units, x ≥ 0 with potential U(x) = γx²/2 − θx: given inputs, a normal with mean (I + θ)/γ and variance 1/γ cut off
/// below 0 and renormalised. The exact density of the units that max(0, noisy input) approximates (Nair and Hinton 2010).
/// </summary>
public sealed class ReluLayer : Layer
{
    /// <summary>The name in files.</summary>
    public const string Name = "relu";

    readonly Matrix bias, precision;
    readonly bool learnsPrecision;
    Matrix? scratch;

    /// <summary>Units with θ = 0.</summary>
    /// <param name="units">Number of units.</param>
    /// <param name="sigma">Standard deviation before the cut, 1/√γ.</param>
    /// <param name="learnPrecision">Whether learning moves γ.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentOutOfRangeException">Sigma is not positive and finite.</exception>
    public ReluLayer(int units, double sigma = 1, bool learnPrecision = false, Placement? placement = null) : base(units, placement)
    {
        if (!(sigma > 0 && double.IsFinite(sigma))) throw new ArgumentOutOfRangeException(nameof(sigma), $"the standard deviation must be positive and finite, not {sigma}");
        bias = new Matrix(1, units, Placement);
        precision = Matrix.Row(units, 1 / (sigma * sigma), Placement);
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

    /// <inheritdoc/>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1) => values.AddRectifiedLogNormalizer(inputs, bias, precision, scale);

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination) => destination.SetRectifiedMean(inputs, bias, precision);

    /// <inheritdoc/>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng) => destination.SampleRectified(inputs, bias, precision, rng);

    /// <inheritdoc/>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients)
    {
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);
        if (!learnsPrecision) return;
        if (inputs is null)
        {
            gradients[1].SetColumnSums(states, states, rowWeights, -scale / 2, keep: 1);
            return;
        }
        Matrix second = Scratch(ref scratch, states);
        second.SetRectifiedSecondMoment(inputs, bias, precision);
        gradients[1].SetColumnSums(second, null, rowWeights, -scale / 2, keep: 1);
    }

    /// <inheritdoc/>
    public override string? Complaint(ReadOnlySpan<double> row)
    {
        for (int c = 0; c < row.Length; c++)
            if (!(row[c] >= 0 && double.IsFinite(row[c]))) return $"column {c + 1}: {row[c]:R} is not a finite number of at least 0 that relu units allow";
        return null;
    }

    /// <summary>θ = γ·mean, the mode where the data are far from 0; a learned γ starts at 1/variance.</summary>
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

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new ReluLayer(Units, 1, learnsPrecision, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }
}
