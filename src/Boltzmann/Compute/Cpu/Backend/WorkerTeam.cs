using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Threads that stay, to run the parts of a job together; the calling thread is one of them. Each thread takes the parts of its own slice,
/// in order, and helps with the others' slices after a short wait, or at once where help was needed lately: so equal jobs touch the same
/// memory from the same core, and a thread that the system has put aside holds up at most one part. Where other programs want the same
/// cores, fewer threads work for a while (<see cref="Contention"/>).
/// </summary>
/// <remarks>
/// A slice is one 64-bit word, (run number, end, next part): taking a part is a compare-and-swap, which fails if the run is over, so nobody
/// waits for threads that are asleep. Idle threads spin a moment (a fork and join then takes well below a microsecond), then sleep (60–90
/// µs to wake); so does a caller whose last parts take long. The threads start at the first run that needs them and end when the team is
/// collected. Running allocates nothing.
/// </remarks>
sealed unsafe class WorkerTeam
{
    // Not the monitor of an object: that is made when two callers first meet, and running allocates nothing.
    readonly Lock gate = new();
    readonly Crew crew;

    readonly DistanceMeter meter;

    /// <param name="threads">Threads that run a job, the caller included.</param>
    /// <param name="cores">How far apart their cores are, if it is not to be measured.</param>
    public WorkerTeam(int threads, CoreDistance cores = CoreDistance.Measured)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        crew = new(threads);
        meter = new(threads, cores);
    }

    ~WorkerTeam() => crew?.Dismiss();          // null where the number of threads was refused

    /// <summary>Threads that run a job, the caller included.</summary>
    public int Threads => crew.Threads;

    /// <summary>
    /// Near or far: as told, or as measured after the first run that no other program disturbed and about once a second since. Near until
    /// then.
    /// </summary>
    public CoreDistance Distance => meter.Distance;

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
        threads = Math.Min(Math.Min(threads, parts), Threads);
        // A queue at the team would answer many callers more slowly than each thread by itself.
        if (threads > 1 && !Crew.InPart && gate.TryEnter())
        {
            try
            {
                threads = Math.Min(threads, crew.Free);
                if (threads > 1)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, Crew.MaximumParts);
                    TJob local = job;                            // on this stack, where the collector moves nothing
                    bool isOrderly = crew.Run(&Part<TJob>, Unsafe.AsPointer(ref local), parts, threads);
                    job = local;
                    // Everybody is awake and free now.
                    if (meter.IsDue(crew.Began) && isOrderly) Measure(threads);
                    return;
                }
            }
            finally
            {
                gate.Exit();
                GC.KeepAlive(this);
            }
        }
        if (parts == 1) job.Execute(0);
        else RunInPlace(ref job, parts);
    }

    /// <summary>Measures the distance now if it is not known yet; gives up after some two milliseconds.</summary>
    public void Settle()
    {
        if (meter.IsKnown || Crew.InPart || !gate.TryEnter()) return;
        try
        {
            for (long begin = Ticks.Now; !meter.IsKnown && Ticks.Now - begin < Ticks.FromMicroseconds(2000);) Measure(Threads);
        }
        finally
        {
            gate.Exit();
            GC.KeepAlive(this);
        }
    }

    void Measure(int threads)
    {
        Exchange job = meter.Job(threads);
        crew.Run(&Part<Exchange>, Unsafe.AsPointer(ref job), threads, threads);
        meter.Take(job.Longest, Ticks.Now);
    }

    static void RunInPlace<TJob>(ref TJob job, int parts) where TJob : struct, IJob
    {
        Exception? failure = null;
        for (int part = 0; part < parts; part++)
        {
            try
            {
                job.Execute(part);
            }
#pragma warning disable CA1031 // It is thrown again, when the other parts have run.
            catch (Exception exception)
#pragma warning restore
            {
                failure ??= exception;
            }
        }
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    static void Part<TJob>(void* job, int part) where TJob : struct, IJob => Unsafe.AsRef<TJob>(job).Execute(part);
}
