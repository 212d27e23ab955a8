namespace Boltzmann.Compute.Cpu;

/// <summary>What the workers have done in all runs so far. Never set back: that would be one more transfer in each run.</summary>
sealed unsafe class Finished : OwnLines
{
    /// <summary>Parts done by workers.</summary>
    public ref long Parts => ref Words[0];

    /// <summary>How many of them were taken from another thread's slice.</summary>
    public ref long Helped => ref Words[1];

    /// <summary>1 while the caller sleeps, or is about to.</summary>
    public ref long CallerAsleep => ref Words[2];
}
