using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Threads that stay, to run the parts of a job together; the calling thread is one of them. Each thread first takes the parts of its own
/// slice, in order, then helps with the others' slices: so equal jobs touch the same memory from the same core, and a thread that the
/// system has put aside holds up at most one part.
/// </summary>
/// <remarks>
/// A slice is one 64-bit word, (run number, end, next part): taking a part is a compare-and-swap, which fails if the run is over, so nobody
/// waits for threads that are asleep. Idle threads spin a moment (a fork and join then takes well below a microsecond), then sleep (60–90
/// µs to wake). The threads start at the first run that needs them and end when the team is collected. Running allocates nothing.
/// </remarks>
sealed unsafe class WorkerTeam
{
    const int SpinsBeforeSleep = 4000, SpinsBeforeYield = 2000;
    const int PartBits = 20, MaximumParts = (1 << PartBits) - 1;
    const uint RunMask = (1u << 64 - 2 * PartBits) - 1;

    [ThreadStatic] static bool inPart;

    // Not the monitor of an object: that is made when two callers first meet, and running allocates nothing.
    readonly Lock gate = new();
    readonly Crew crew;

    readonly CoreDistance told;

    /// <param name="threads">Threads that run a job, the caller included.</param>
    /// <param name="told">How far apart their cores are.</param>
    public WorkerTeam(int threads, CoreDistance told = CoreDistance.Measured)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.told = told;
        crew = new(threads);
    }

    ~WorkerTeam() => crew.Dismiss();

    /// <summary>How far apart the threads' cores are: near or far.</summary>
    public CoreDistance Distance => told == CoreDistance.Far ? CoreDistance.Far : CoreDistance.Near;

    /// <summary>Threads that run a job, the caller included.</summary>
    public int Threads => crew.Slices.Length;

    /// <summary>
    /// Runs all parts and returns when the last is done. A caller that finds the team at work for another one, or is itself a part of a
    /// run, does all parts in place: callers never wait for each other. An exception in a part is thrown here, after the other parts have
    /// run.
    /// </summary>
    public void Run<TJob>(ref TJob job, int parts) where TJob : struct, IJob => Run(ref job, parts, Threads);

    /// <summary>Runs all parts on the first <paramref name="threads"/> threads; the others are neither woken nor written to.</summary>
    /// <param name="job">Thread i takes the parts from parts·i/threads to parts·(i + 1)/threads first.</param>
    /// <param name="parts">Parts to run.</param>
    /// <param name="threads">Threads to run them, the caller included; all if the team has no more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread.</exception>
    public void Run<TJob>(ref TJob job, int parts, int threads) where TJob : struct, IJob
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        threads = Math.Min(threads, Threads);
        // A queue at the team would answer many callers more slowly than each thread by itself.
        if (parts <= 1 || threads == 1 || inPart || !gate.TryEnter())
        {
            for (int part = 0; part < parts; part++) job.Execute(part);
            return;
        }
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, MaximumParts);
        try
        {
            TJob local = job;                                    // on this stack, where the collector moves nothing
            crew.Run(&Part<TJob>, Unsafe.AsPointer(ref local), parts, threads);
            job = local;
        }
        finally
        {
            gate.Exit();
        }
        GC.KeepAlive(this);
    }

    static void Part<TJob>(void* job, int part) where TJob : struct, IJob => Unsafe.AsRef<TJob>(job).Execute(part);

    /// <summary>A slice of the parts, alone on its cache lines (which are fetched in pairs).</summary>
    sealed class Slice
    {
        readonly long[] words = GC.AllocateArray<long>(48, pinned: true);

        /// <summary>Run number (24 bits), end of the slice (20), next part (20).</summary>
        public ref long Ticket => ref words[16];

        /// <summary>1 while the slice's thread sleeps, or is about to.</summary>
        public ref long Asleep => ref words[17];
    }

    /// <summary>What the threads hold on to, so that an unused team can be collected and its threads end.</summary>
    sealed class Crew
    {
        public readonly Slice[] Slices;
        readonly AutoResetEvent[] wake;
        delegate*<void*, int, void> execute;
        void* job;
        uint run;
        volatile bool dismissed;
        bool started;
        Exception? failure;
        readonly Slice finished = new();

        public Crew(int threads)
        {
            Slices = new Slice[threads];
            wake = new AutoResetEvent[threads];
            for (int i = 0; i < threads; i++) (Slices[i], wake[i]) = (new(), new(false));
        }

        public void Dismiss()
        {
            dismissed = true;
            foreach (AutoResetEvent bell in wake) bell.Set();
        }

        public void Run(delegate*<void*, int, void> execute, void* job, int parts, int threads)
        {
            if (!started) Start();
            this.execute = execute;
            this.job = job;
            Volatile.Write(ref finished.Ticket, 0);
            run = run + 1 & RunMask;
            for (int i = 0; i < threads; i++)
            {
                long first = (long)parts * i / threads, end = (long)parts * (i + 1) / threads;
                // The barrier between this write and the look at Asleep pairs with the one in Listen.
                Interlocked.Exchange(ref Slices[i].Ticket, (long)run << 2 * PartBits | end << PartBits | first);
            }
            for (int i = 1; i < threads; i++)
                if (Volatile.Read(ref Slices[i].Asleep) != 0 && Interlocked.Exchange(ref Slices[i].Asleep, 0) != 0) wake[i].Set();
            Work(0, run);
            for (int spins = 0; Volatile.Read(ref finished.Ticket) != parts; spins++)
            {
                if (spins < SpinsBeforeYield) Thread.SpinWait(1);
                else Thread.Yield();
            }
            if (failure is { } thrown)
            {
                failure = null;
                ExceptionDispatchInfo.Throw(thrown);
            }
        }

        void Start()
        {
            started = true;
            for (int i = 1; i < Slices.Length; i++)
            {
                int index = i;
                new Thread(() => Listen(index)) { IsBackground = true, Name = $"Boltzmann {index}" }.Start();
            }
        }

        void Listen(int index)
        {
            Slice own = Slices[index];
            uint seen = 0;
            while (true)
            {
                int spins = 0;
                uint current;
                while ((current = RunOf(Volatile.Read(ref own.Ticket))) == seen)
                {
                    if (dismissed) return;
                    if (++spins < SpinsBeforeSleep)
                    {
                        Thread.SpinWait(1);
                        continue;
                    }
                    spins = 0;
                    Interlocked.Exchange(ref own.Asleep, 1);
                    // A run that began meanwhile may have seen Asleep, or not: whoever takes the 1 back decides.
                    if (RunOf(Volatile.Read(ref own.Ticket)) != seen && Interlocked.Exchange(ref own.Asleep, 0) != 0) continue;
                    wake[index].WaitOne();
                }
                seen = current;
                Work(index, current);
            }
        }

        static uint RunOf(long ticket) => (uint)(ticket >> 2 * PartBits) & RunMask;

        /// <summary>Takes parts of one run until none is left: of the own slice first.</summary>
        void Work(int index, uint current)
        {
            int done = 0, threads = Slices.Length;
            inPart = true;
            for (int k = 0; k < threads; k++)
            {
                Slice slice = Slices[index + k < threads ? index + k : index + k - threads];
                while (true)
                {
                    long ticket = Volatile.Read(ref slice.Ticket);
                    int part = (int)ticket & MaximumParts, end = (int)(ticket >> PartBits) & MaximumParts;
                    if (RunOf(ticket) != current || part >= end) break;
                    // Read before the part is taken: once it is, the run cannot end, and these cannot have been another run's.
                    var function = execute;
                    void* argument = job;
                    if (Interlocked.CompareExchange(ref slice.Ticket, ticket + 1, ticket) != ticket) continue;
                    try
                    {
                        function(argument, part);
                    }
#pragma warning disable CA1031 // It is thrown again, to the caller of Run.
                    catch (Exception exception)
#pragma warning restore
                    {
                        Interlocked.CompareExchange(ref failure, exception, null);
                    }
                    done++;
                }
            }
            inPart = false;
            if (done > 0) Interlocked.Add(ref finished.Ticket, done);
        }
    }
}
