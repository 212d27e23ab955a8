namespace Boltzmann.Searching;

/// <summary>How an integer from low to high is made of hypotheses.</summary>
public enum IntegerEncoding
{
    /// <summary>
    /// low + Σ 2ᵏ·bit; the last bit counts what is left, so that no value is beyond high. The fewest bits; some values twice.
    /// </summary>
    Binary,

    /// <summary>low + the number of bits that are on: as many bits as steps, and a step is a flip.</summary>
    Unary,

    /// <summary>One hypothesis for each value, exactly one of which holds: a block.</summary>
    OneHot,
}
