namespace Boltzmann;

/// <summary>Symmetric weights between two layers of a model: the term −x_lowerᵀ·W·x_upper of its energy.</summary>
/// <param name="Lower">Index of the lower layer.</param>
/// <param name="Upper">Index of the upper layer, above <paramref name="Lower"/>.</param>
/// <param name="Weights">[units of the lower layer × units of the upper layer].</param>
public sealed record Connection(int Lower, int Upper, Matrix Weights)
{
    /// <summary>The name of the weights among a model's parameters and in files.</summary>
    public string Name => $"weights.{Lower}-{Upper}";
}
