namespace Boltzmann.Sampling;

/// <summary>How mean-field updates follow one another.</summary>
public enum SweepOrder
{
    /// <summary>
    /// Layer by layer, and unit by unit where those of a layer are joined, each seeing the new means of those before it (Gauss–Seidel): the
    /// bound rises with every update.
    /// </summary>
    Sequential,

    /// <summary>All layers at once from the old means (Jacobi): may swing between two states unless it is damped.</summary>
    Parallel,
}
