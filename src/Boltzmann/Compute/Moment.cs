namespace Boltzmann.Compute;

/// <summary>
/// One of several column sums: destination[1 × n] = keep·destination + scale·Σ_r w_r·a[r,·]·b[r,·]. See
/// <see cref="Matrix.SetColumnSums(Matrix, Matrix, Matrix, double, double)"/>.
/// </summary>
/// <param name="Destination">[1 × n].</param>
/// <param name="A">[B × n].</param>
/// <param name="B">[B × n], or null for ones.</param>
/// <param name="RowWeights">w, [B × 1], or null for ones.</param>
/// <param name="Scale">Factor on the sums.</param>
/// <param name="Keep">Factor on what the destination held.</param>
public readonly record struct Moment(
    Matrix Destination, Matrix A, Matrix? B = null, Matrix? RowWeights = null, double Scale = 1, double Keep = 0);
