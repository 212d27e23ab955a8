namespace Boltzmann.Compute;

/// <summary>Where the moments of double rectified units go, each [B × n] or null.</summary>
/// <param name="Mean">E[x].</param>
/// <param name="Magnitude">E[|x|].</param>
/// <param name="UpperSquare">E[max(x, 0)²].</param>
/// <param name="LowerSquare">E[min(x, 0)²].</param>
public readonly record struct DoubleRectifiedMoments(Matrix? Mean = null, Matrix? Magnitude = null, Matrix? UpperSquare = null,
    Matrix? LowerSquare = null);
