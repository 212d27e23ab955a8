namespace Boltzmann.Models;

/// <summary>
/// A named matrix that learning moves. Optimisers, penalties, files and gradient checks walk lists of these and know nothing else.
/// </summary>
/// <param name="Name">Within a layer "bias", "precision"; within a model "layers.0.bias", "weights.0-1".</param>
/// <param name="Value">The numbers, shared with the model.</param>
/// <param name="IsWeight">Whether weight penalties apply, and the gradient stays factored unless it is dense.</param>
/// <param name="IsPositive">Whether every entry must stay above 0; learned on the logarithm.</param>
/// <param name="IsFixed">Whether learning leaves it alone.</param>
/// <param name="IsDense">Of weights: whether the gradient is one matrix of their shape instead of a list of factors; in files a single row
/// is a vector.</param>
public sealed record Parameter(string Name, Matrix Value, bool IsWeight = false, bool IsPositive = false, bool IsFixed = false,
    bool IsDense = false);
