using System.Text.Json.Nodes;

namespace Boltzmann.Models;

/// <summary>
/// Units with potential U(x) = γx²/2 − θx, θ the bias and γ &gt; 0 the precision: what Gaussian and rectified units share.
/// </summary>
public abstract class QuadraticLayer : Layer
{
    /// <summary>The field of descriptions that is true where the precision learns.</summary>
    internal const string LearnsPrecisionField = "learns-precision";

    readonly Matrix bias, precision;

    private protected QuadraticLayer(int units, double sigma, bool learnPrecision, Placement? placement) : base(units, placement)
    {
        if (!(sigma > 0 && double.IsFinite(sigma)))
            throw new ArgumentOutOfRangeException(nameof(sigma), $"the standard deviation must be positive and finite, not {sigma}");
        bias = new Matrix(1, units, Placement);
        precision = Matrix.Row(units, 1 / (sigma * sigma), Placement);
        LearnsPrecision = learnPrecision;
        Parameters = [new("bias", bias), new("precision", precision, IsPositive: true, IsFixed: !learnPrecision)];
    }

    /// <summary>γ, [1 × units].</summary>
    public Matrix Precision => precision;

    /// <summary>Whether learning moves γ.</summary>
    public bool LearnsPrecision { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override JsonObject Fields => LearnsPrecision ? new() { [LearnsPrecisionField] = true } : [];

    /// <inheritdoc/>
    public override Matrix QuadraticPrecision => precision;

    private protected static IReadOnlyList<LayerField> QuadraticFields { get; } = [new(LearnsPrecisionField,
        LayerFieldType.Flag) { IsOfLearning = true }];

    private protected static IReadOnlyList<string> QuadraticParameters { get; } = ["bias", "precision"];

    /// <inheritdoc/>
    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null)
    {
        using Workspace.Loan squares = Workspace.Like(workspace, states);
        Matrix squared = squares;
        squared.SetScaled(states, states);
        energies.AddRowSums(squared, precision, scale / 2);
        energies.AddRowSums(states, bias, -scale);
    }

    /// <summary>∂(−U)/∂θ = x, ∂(−U)/∂γ = −x²/2; for means, ⟨x²⟩ given the inputs instead of ⟨x⟩².</summary>
    public sealed override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null)
    {
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);
        if (!LearnsPrecision) return;
        if (inputs is null) gradients[1].SetColumnSums(states, states, rowWeights, -scale / 2, keep: 1);
        else AddConditionalSquares(states, inputs, rowWeights, -scale / 2, gradients[1], workspace);
    }

    /// <summary>Three deviations 1/√γ from θ/γ, but no less than the least value that the units take.</summary>
    public override void SetExtreme(bool isHigh, Matrix states, Rng rng)
    {
        const double Deviations = 3;
        double away = isHigh ? Deviations : -Deviations;
        double[] extreme = [.. bias.ReadRow(0).Zip(precision.ReadRow(0), (t, g) => Math.Max(LeastValue, t / g + away / Math.Sqrt(g)))];
        for (int r = 0; r < states.Rows; r++) states.WriteRow(r, extreme);
    }

    /// <summary>−∞, or 0 for rectified units.</summary>
    private protected virtual double LeastValue => double.NegativeInfinity;

    /// <summary>sums[1 × units] += scale·Σ_r w_r·E[x² | inputs_r].</summary>
    private protected abstract void AddConditionalSquares(Matrix means, Matrix inputs, Matrix? rowWeights, double scale, Matrix sums,
        Workspace? workspace);

    /// <summary>γ grows by it.</summary>
    public override bool TryAddPrecision(double precision)
    {
        Precision.SetSum(Precision, 1, Matrix.Row(1, precision, Placement));
        return true;
    }

    /// <summary>
    /// θ = γ·mean, for rectified units the mode; a learned γ starts at 1/variance (1 for a constant unit), a fixed one stays.
    /// </summary>
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        double[] gamma = precision.ReadRow(0), theta = new double[Units];
        for (int i = 0; i < gamma.Length; i++)
        {
            if (LearnsPrecision) gamma[i] = variances[i] > 0 ? 1 / variances[i] : 1;
            theta[i] = gamma[i] * means[i];
        }
        precision.WriteRow(0, gamma);
        bias.WriteRow(0, theta);
    }
}
