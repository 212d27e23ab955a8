namespace Boltzmann.Runs;

/// <summary>Where persistent chains begin.</summary>
public enum ChainStart
{
    /// <summary>At the first rows.</summary>
    Data,

    /// <summary>At noise, every unit by its bias alone.</summary>
    Noise,
}
