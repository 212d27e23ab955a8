namespace Boltzmann.Compute.Cpu;

/// <summary>Fields of one kind of number, 32 at a time.</summary>
unsafe interface IFieldEntries
{
    /// <summary>Writes the noise of 32 units in 64 chains, a unit's in a row, so that a chain's comes in a row.</summary>
    static abstract void Turn(float* noise, byte* turned);

    /// <summary>Bit i tells whether the noise of unit i is greater than its field.</summary>
    static abstract uint Above(byte* noise, byte* fields);

    /// <summary>Adds a row to all fields, or takes it from them.</summary>
    static abstract void Add(byte* fields, byte* row, int count, bool isOn);

    /// <summary>Adds the rows of some units to all fields.</summary>
    static abstract void AddAll(byte* fields, byte* rows, nint rowBytes, int* units, int unitCount, int count);

    /// <summary>A flip is done: the state and the energy of the chain follow.</summary>
    static abstract void Flip(ChainLanes chains, int chain, nint place, byte* fields, bool isOn, int half);
}
