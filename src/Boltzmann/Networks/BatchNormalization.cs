namespace Boltzmann.Networks;

/// <summary>
/// Batch normalisation of a layer's inputs (Ioffe and Szegedy 2015): y = γ(z − μ)/√(σ² + ε), μ and σ² being those of the batch while
/// learning, and running means of them otherwise. The shift is the layer's bias.
/// </summary>
/// <param name="units">Number of columns.</param>
/// <param name="placement">Where the parameters live.</param>
public sealed class BatchNormalization(int units, Placement placement)
{
    /// <summary>ε, the guard against division by zero.</summary>
    public const double Epsilon = 1e-3;

    /// <summary>What a batch leaves of the running mean and variance.</summary>
    public const double Damping = 0.99;

    readonly Matrix epsilon = Matrix.Row(1, Epsilon, placement);

    /// <summary>γ, [1 × units]; 1 at first.</summary>
    public Matrix Scale { get; } = Matrix.Row(units, 1, placement);

    /// <summary>Running mean, [1 × units]; 0 at first.</summary>
    public Matrix Mean { get; } = new(1, units, placement);

    /// <summary>Running variance plus ε, [1 × units]; 1 at first.</summary>
    public Matrix Variance { get; } = Matrix.Row(units, 1, placement);

    /// <summary>Back to how a new layer begins.</summary>
    public void Reset()
    {
        Scale.Fill(1);
        Mean.Fill(0);
        Variance.Fill(1);
    }

    /// <summary>inputs = γ(inputs − μ)/√(σ² + ε) with the running statistics.</summary>
    public void Apply(Matrix inputs)
    {
        inputs.SetSum(inputs, 1, Mean, -1);
        inputs.SetScaled(inputs, Variance, -0.5);
        inputs.SetScaled(inputs, Scale);
    }

    /// <summary>The same with the statistics of these rows, which also move the running ones.</summary>
    /// <param name="inputs">[B × units]; changed.</param>
    /// <param name="normalized">(z − μ)/√(σ² + ε), kept for the way back, [B × units].</param>
    /// <param name="variance">σ² + ε of the batch, kept for the way back, [1 × units].</param>
    internal void Learn(Matrix inputs, Matrix normalized, Matrix variance)
    {
        double share = 1.0 / inputs.Rows;
        // A last batch of a single row has no variance, and would teach the running statistics that there is none.
        double kept = inputs.Rows == 1 ? 1 : Damping;
        variance.SetColumnSums(inputs, scale: share);
        Mean.SetSum(Mean, kept, variance, 1 - kept);
        normalized.SetSum(inputs, 1, variance, -1);
        variance.SetColumnSums(normalized, normalized, scale: share);
        variance.SetSum(variance, 1, epsilon);
        Variance.SetSum(Variance, kept, variance, 1 - kept);
        normalized.SetScaled(normalized, variance, -0.5);
        inputs.SetScaled(normalized, Scale);
    }

    /// <summary>Errors by the normalised and scaled inputs become errors by the inputs: dz = γ/√(σ² + ε)·(d − ⟨d⟩ − ẑ⟨dẑ⟩).</summary>
    /// <param name="errors">d, [B × units]; changed.</param>
    /// <param name="normalized">ẑ of <see cref="Learn"/>; used up as scratch.</param>
    /// <param name="variance">Of <see cref="Learn"/>.</param>
    /// <param name="scaleGradient">Σ d·ẑ, [1 × units].</param>
    /// <param name="biasGradient">Σ d, [1 × units].</param>
    internal void Backward(Matrix errors, Matrix normalized, Matrix variance, Matrix scaleGradient, Matrix biasGradient)
    {
        double share = 1.0 / errors.Rows;
        normalized.SetScaled(normalized, scaleGradient);
        errors.SetSum(errors, 1, normalized, -share);
        errors.SetSum(errors, 1, biasGradient, -share);
        errors.SetScaled(errors, variance, -0.5);
        errors.SetScaled(errors, Scale);
    }
}
