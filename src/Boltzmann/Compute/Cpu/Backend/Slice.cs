namespace Boltzmann.Compute.Cpu;

/// <summary>One thread's share of a run. All that the thread must know of the run comes over in one transfer.</summary>
sealed unsafe class Slice : OwnLines
{
    /// <summary>Run number (24 bits), end of the slice (20), next part (20). Written last.</summary>
    public ref long Ticket => ref Words[0];

    /// <summary>1 while the slice's thread sleeps, or is about to.</summary>
    public ref long Asleep => ref Words[1];

    /// <summary>What runs a part of the job: a function pointer.</summary>
    public ref long Function => ref Words[2];

    /// <summary>The job's address.</summary>
    public ref long Job => ref Words[3];

    /// <summary>1 if the slice's thread, when done, helps with others' parts at once.</summary>
    public ref long Eager => ref Words[4];

    /// <summary>The processor on which the caller began the run.</summary>
    public ref long CallerCore => ref Words[5];
}
