namespace Boltzmann.Inference;

/// <summary>Where an annealing backwards starts, whose estimate of log Z is on average too high.</summary>
public enum ReverseStart
{
    /// <summary>At samples where they can be drawn, else at data, where there are any.</summary>
    Auto,

    /// <summary>At exact samples of the model.</summary>
    Samples,

    /// <summary>At chains that start at data.</summary>
    Data,

    /// <summary>Nowhere: there is no reverse estimate.</summary>
    None,
}
