using System.Runtime.ExceptionServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// What the threads of a team hold on to, so that an unused team can be collected and its threads end. Here: the caller's side of a run.
/// </summary>
sealed unsafe partial class Crew
{
    /// <summary>Parts of one run at most.</summary>
    public const int MaximumParts = (1 << PartBits) - 1;

    const int PartBits = 20;
    const uint RunMask = (1u << 64 - 2 * PartBits) - 1;

    /// <summary>Runs without a wait before helping, after one in which help was needed.</summary>
    const int EagerRuns = 100;

    /// <summary>Workers that take no part for so many runs, and for so long, are of no use; waking takes less than a tenth of it.</summary>
    const int MissedRuns = 10;

    /// <summary>Looks at a word, about 40 ns apart, before a look at the clock, which takes 30.</summary>
    const int Looks = 4;

    static readonly long MissedTime = Ticks.FromMicroseconds(1000);

    static readonly long ShortestPatience = Ticks.FromMicroseconds(2), LongestPatience = Ticks.FromMicroseconds(50);

    /// <summary>Beyond the time that a part takes, a caller spins so long for a part in progress, then gives way, then sleeps.</summary>
    static readonly long SpinLimit = Ticks.FromMicroseconds(20), YieldLimit = Ticks.FromMicroseconds(60);

    /// <summary>A longer wait means that the part's thread was put aside: interruptions by a clock or a device last up to 300 µs.</summary>
    static readonly long TroubleLimit = Ticks.FromMicroseconds(500);

    [ThreadStatic] static bool inPart;

    readonly Slice[] slices;
    readonly AutoResetEvent[] wake;
    readonly Finished finished = new();
    readonly Contention contention;
    uint run;
    int eagerRuns, missed;
    long total, missedSince;
    Exception? failure;

    public Crew(int threads)
    {
        slices = new Slice[threads];
        wake = new AutoResetEvent[threads];                      // the first is the caller's
        for (int i = 0; i < threads; i++) (slices[i], wake[i]) = (new(), new(false));
        contention = new(threads);
    }

    /// <summary>Whether this thread is doing a part of some run.</summary>
    public static bool InPart => inPart;

    public int Threads => slices.Length;

    /// <summary>Threads that other programs leave to this one.</summary>
    public int Free => contention.IsOver ? Threads : contention.Threads(Ticks.Now);

    /// <summary>When the last run began.</summary>
    public long Began { get; private set; }

    /// <summary>
    /// Runs all parts on the first threads: at least two of them, and no more than parts. Returns whether each did its own slice.
    /// </summary>
    public bool Run(delegate*<void*, int, void> execute, void* job, int parts, int threads)
    {
        if (!started) Start();
        bool isEager = eagerRuns > 0;
        long start = Ticks.Now, helping = 0;
        bool woke = Publish(execute, job, parts, threads, isEager);
        long helpedBefore = Volatile.Read(ref finished.Helped), begin = Began = Ticks.Now, worked = 0;
        inPart = true;
        int own = Take(slices[0], run), helped = 0;
        long target = total + parts - own;
        // Whoever has just been woken comes late.
        if (isEager || woke) worked = Ticks.Now - begin;
        if (worked > 0 || !IsFinishedSoon(target, begin, out worked))
        {
            long from = Ticks.Now;
            target -= helped = Help(0, run);
            if (helped > 0) helping = Ticks.Now - from;
        }
        bool wasHeldUp = !IsFinished(target) && Await(target, worked / Math.Max(own, 1));
        // Not before: a system that lets a waiting thread answer calls may begin another run on it.
        inPart = false;
        // By the parts that it did, the caller can tell how long it would have taken alone.
        long now = Ticks.Now, busy = worked == 0 ? now - begin : worked + helping;
        if (wasHeldUp) contention.Meet(now);
        else if (own + helped > 0) contention.Compare(now - start, busy * parts / (own + helped), now);
        bool wasHelped = helped > 0 || Volatile.Read(ref finished.Helped) != helpedBefore;
        if (isEager) eagerRuns--;
        else if (wasHelped && !woke) eagerRuns = EagerRuns;
        if (target == total) Miss(begin);
        else missed = 0;
        total = target;
        if (failure is { } thrown)
        {
            failure = null;
            ExceptionDispatchInfo.Throw(thrown);
        }
        return !wasHelped;
    }

    /// <summary>Writes the slices and wakes those who sleep; returns whether anybody did.</summary>
    bool Publish(delegate*<void*, int, void> execute, void* job, int parts, int threads, bool isEager)
    {
        int core = Thread.GetCurrentProcessorId();
        run = run + 1 & RunMask;
        for (int i = 0; i < threads; i++)
        {
            long first = (long)parts * i / threads, end = (long)parts * (i + 1) / threads;
            Slice slice = slices[i];
            slice.Function = (long)execute;
            slice.Job = (long)job;
            slice.CallerCore = core;
            slice.Eager = isEager ? 1 : 0;
            Volatile.Write(ref slice.Ticket, (long)run << 2 * PartBits | end << PartBits | first);
        }
        // Between the tickets and the looks at Asleep; pairs with the one in Sleep.
        Interlocked.MemoryBarrier();
        bool woke = false;
        for (int i = 1; i < threads; i++)
            if (Volatile.Read(ref slices[i].Asleep) != 0 && Interlocked.Exchange(ref slices[i].Asleep, 0) != 0)
            {
                wake[i].Set();
                woke = true;
            }
        return woke;
    }

    /// <summary>
    /// How long a thread that is done waits for the others before it helps. A part that changes hands takes its memory along, to another
    /// core and back in the next run: across dies that costs more than a short wait.
    /// </summary>
    static long Patience(long worked) => Math.Clamp(worked / 2, ShortestPatience, LongestPatience);

    /// <summary>Whether the others finish while the caller is patient.</summary>
    bool IsFinishedSoon(long target, long begin, out long worked)
    {
        worked = 0;
        if (IsFinished(target)) return true;
        worked = Ticks.Now - begin;
        long end = begin + worked + Patience(worked);
        while (!IsFinished(target))
            if (Ticks.Now >= end) return false;
        return true;
    }

    /// <summary>Looks a few times, and not so often that the line is kept from those who write it.</summary>
    bool IsFinished(long target)
    {
        for (int i = 0; i < Looks; i++)
        {
            if (Volatile.Read(ref finished.Parts) == target) return true;
            Thread.SpinWait(1);
        }
        return false;
    }

    /// <summary>Waits for parts in progress on other threads; true if that took far longer than a part takes.</summary>
    bool Await(long target, long part)
    {
        long begin = Ticks.Now;
        bool wasInterrupted = false;
        while (!IsFinished(target))
        {
            long late = Ticks.Now - begin - part;
            if (late < SpinLimit) continue;
            if (late < YieldLimit) Thread.Yield();
            else
            {
                // Asleep, this thread leaves its core to the one that it waits for.
                Interlocked.Exchange(ref finished.CallerAsleep, 1);
                if (Volatile.Read(ref finished.Parts) == target && Interlocked.Exchange(ref finished.CallerAsleep, 0) != 0) break;
                try
                {
                    wake[0].WaitOne();
                }
                catch (ThreadInterruptedException)
                {
                    // Workers still read what is on this thread's stack: the caller hears of it at its next wait.
                    wasInterrupted = true;
                }
            }
        }
        if (wasInterrupted) Thread.CurrentThread.Interrupt();
        return Ticks.Now - begin > TroubleLimit + 4 * part;
    }

    /// <summary>After a run in which no worker took a part.</summary>
    void Miss(long begin)
    {
        if (missed++ == 0) missedSince = begin;
        else if (missed > MissedRuns && Ticks.Now - missedSince > MissedTime)
        {
            missed = 0;
            contention.Meet(Ticks.Now);
        }
    }
}
