namespace Boltzmann.Compute;

/// <summary>The parameters of double rectified units, each [1 × n]; see <see cref="DoubleReluLayer"/>.</summary>
/// <param name="Bias">b, joins the input.</param>
/// <param name="Kink">κ, times |x|.</param>
/// <param name="Upper">γ₊ &gt; 0.</param>
/// <param name="Lower">γ₋ &gt; 0.</param>
public readonly record struct DoubleRectifiedUnits(Matrix Bias, Matrix Kink, Matrix Upper, Matrix Lower);
