namespace Boltzmann;

/// <summary>
/// Symmetric weights between two layers of a model: the term −x_lowerᵀ·W·x_upper of its energy. Or between the units of one layer, of two values each: the term −½·xᵀ·W·x,
/// W symmetric with zero diagonal, so that each pair counts once.
/// </summary>
/// <param name="Lower">Index of the lower layer.</param>
/// <param name="Upper">Index of the upper layer, above <paramref name="Lower"/>, or the same.</param>
/// <param name="Weights">[units of the lower layer × units of the upper layer], or one for each edge, [1 × edges].</param>
/// <param name="Edges">The pairs of units of the layer that are joined, where not all of them are; null for all.</param>
public sealed record Connection(int Lower, int Upper, Matrix Weights, EdgeList? Edges = null)
{
    /// <summary>The name of the weights among a model's parameters and in files.</summary>
    public string Name => NameOf(Lower, Upper);

    /// <summary>Whether the weights join the units of one layer.</summary>
    public bool IsWithinLayer => Lower == Upper;

    internal static string NameOf(int lower, int upper) => $"weights.{lower}-{upper}";
}
