namespace Boltzmann.Models;

/// <summary>One hidden unit read as a binary factor: the visible units it speaks for and against.</summary>
/// <param name="Hidden">Index of the hidden unit.</param>
/// <param name="Bias">Its bias.</param>
/// <param name="Norm">Euclidean norm of its weights.</param>
/// <param name="Activity">Mean of the unit over the data given; NaN without data.</param>
/// <param name="For">Visible units with the largest positive weights, greatest first, with those weights.</param>
/// <param name="Against">Visible units with the most negative weights, least first.</param>
public sealed record FactorLoading(
    int Hidden, double Bias, double Norm, double Activity,
    IReadOnlyList<(int Visible, double Weight)> For, IReadOnlyList<(int Visible, double Weight)> Against);
