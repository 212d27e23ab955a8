namespace Boltzmann.Compute.Cpu;

/// <summary>Vectors of 64-bit lanes, each of which holds a 32-bit word in its low half; what is above it does not matter.</summary>
unsafe interface IWords<TU>
{
    /// <summary>Number of 32-bit words that fit a vector: units per two vectors of lanes.</summary>
    static abstract int Count { get; }

    static abstract TU Splat(uint value);

    /// <summary>first, first + 2, first + 4, …</summary>
    static abstract TU Steps(uint first);

    /// <summary>The 64-bit products of the low halves.</summary>
    static abstract TU Multiply(TU a, TU b);

    /// <summary>The high halves, moved down.</summary>
    static abstract TU High(TU a);

    static abstract TU Xor(TU a, TU b);

    static abstract TU Xor(TU a, TU b, TU c);

    /// <summary>Stores the low halves of both in turn: even[0], odd[0], even[1], …</summary>
    static abstract void StoreAlternating(TU even, TU odd, uint* address);
}
