namespace Boltzmann.Tests;

/// <summary>Counts what work allocates once it is warm.</summary>
static class Allocation
{
    const int Tries = 8;

    /// <summary>
    /// The least number of bytes that this thread allocated in one of several runs. The runtime may allocate once as it compiles a method
    /// anew, and a thread makes its scratch memory when it first does a part; work that allocates does so every time.
    /// </summary>
    public static long Least(Action work)
    {
        work();
        long least = long.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
