namespace Boltzmann.Compute;

/// <summary>The width of the numbers in a <see cref="Matrix"/>, chosen at run time.</summary>
public enum Precision
{
    /// <summary>IEEE single precision: training.</summary>
    Float32,

    /// <summary>IEEE double precision: likelihoods, enumeration, gradient checks.</summary>
    Float64,
}
