namespace Boltzmann.Compute.Cpu;

/// <summary>What the products need of a vector beside arithmetic.</summary>
unsafe interface ITileVec<TV, T> : IVec<TV, T> where T : unmanaged
{
    /// <summary>1, 0 or −1; 0 for NaN.</summary>
    static abstract TV Sign(TV a);

    /// <summary>The sum of the lanes of each of four vectors, to four consecutive places.</summary>
    static abstract void Sum4(TV a, TV b, TV c, TV d, T* sums);

    /// <summary>Bit i set where lane i is not zero; a NaN is not.</summary>
    static abstract uint NonZeros(TV a);

    /// <summary>Converts bytes to numbers, as many as the vector holds.</summary>
    static abstract TV Widen(byte* source);
}
