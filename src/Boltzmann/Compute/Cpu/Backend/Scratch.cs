namespace Boltzmann.Compute.Cpu;

/// <summary>Working memory of the calling thread, kept for the next use. Each use of the same kind gets the same memory again.</summary>
static unsafe class Scratch
{
    const int Line = 64;

    [ThreadStatic] static byte[]? operation;
    [ThreadStatic] static byte[]? part;

    /// <summary>Memory for one operation, from before its parts run until after; not cleared.</summary>
    public static byte* ForOperation(long bytes) => Get(ref operation, bytes);

    /// <summary>Memory for one part of an operation, on the thread that does the part; not cleared.</summary>
    public static byte* ForPart(long bytes) => Get(ref part, bytes);

    /// <summary>Bytes rounded up to whole cache lines.</summary>
    public static long Lines(long bytes) => bytes + Line - 1 & -Line;

    static byte* Get(ref byte[]? memory, long bytes)
    {
        if (memory is null || memory.LongLength < bytes + Line)
            memory = GC.AllocateUninitializedArray<byte>(checked((int)(bytes + bytes / 4 + Line)), pinned: true);
        fixed (byte* start = memory) return (byte*)((nint)start + Line - 1 & -(nint)Line);
    }
}
