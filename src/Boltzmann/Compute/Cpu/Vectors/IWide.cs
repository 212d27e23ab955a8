namespace Boltzmann.Compute.Cpu;

/// <summary>Lanes of double read from and rounded to either precision, for sums that accumulate in double.</summary>
unsafe interface IWide<TD, T> where T : unmanaged
{
    /// <summary>Loads as many values as TD has lanes.</summary>
    static abstract TD Widen(T* address);

    /// <summary>Stores as many values as TD has lanes, rounded.</summary>
    static abstract void Narrow(TD value, T* address);
}
