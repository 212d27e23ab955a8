namespace Boltzmann.Inference;

/// <summary>The model at inverse temperature 0.</summary>
public enum AnnealingStart
{
    /// <summary>Visible units with the means of the data.</summary>
    BaseRate,

    /// <summary>No biases.</summary>
    Uniform,
}
