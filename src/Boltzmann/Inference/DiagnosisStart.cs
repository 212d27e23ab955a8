namespace Boltzmann.Inference;

/// <summary>Where chains begin whose mixing is judged.</summary>
public enum DiagnosisStart
{
    /// <summary>
    /// Far apart: some at noise, at rows of data where there are any, with all units low or high, with all hidden units low or high and
    /// the rest drawn given them, with units drawn uniformly, and at tempered states. These are then compared.
    /// </summary>
    Apart,

    /// <summary>All at noise.</summary>
    Noise,

    /// <summary>All at rows of data.</summary>
    Data,
}
