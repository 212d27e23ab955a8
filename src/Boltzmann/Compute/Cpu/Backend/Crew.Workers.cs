namespace Boltzmann.Compute.Cpu;

/// <summary>The workers' side of a run, and the taking of parts.</summary>
sealed unsafe partial class Crew
{
    /// <summary>A worker without work sleeps after about twice the time that waking takes.</summary>
    static readonly long IdleSpin = Ticks.FromMicroseconds(150);

    volatile bool dismissed;
    bool started;

    public void Dismiss()
    {
        dismissed = true;
        foreach (AutoResetEvent bell in wake) bell.Set();
    }

    void Start()
    {
        started = true;
        for (int i = 1; i < slices.Length; i++)
        {
            int index = i;
            new Thread(() => Listen(index)) { IsBackground = true, Name = $"Boltzmann {index}" }.Start();
        }
    }

    void Listen(int index)
    {
        Slice own = slices[index];
        uint seen = 0;
        long idle = Ticks.Now, waited = 0, patience = long.MaxValue;
        inPart = true;
        while (!dismissed)
        {
            if (RunOf(Volatile.Read(ref own.Ticket)) != seen)
            {
                YieldToCaller(own);
                seen = RunOf(Volatile.Read(ref own.Ticket));
                bool isEager = Volatile.Read(ref own.Eager) != 0;
                long begin = idle + waited;
                Finish(Take(own, seen));
                (idle, waited) = (Ticks.Now, 0);
                patience = isEager ? 0 : Patience(idle - begin);
            }
            YieldToCaller(own);
            for (int i = 0; i < Looks && RunOf(Volatile.Read(ref own.Ticket)) == seen; i++) Thread.SpinWait(1);
            waited = Ticks.Now - idle;
            if (waited >= patience)
            {
                patience = long.MaxValue;
                int helped = Help(index, seen);
                if (helped > 0) Interlocked.Add(ref finished.Helped, helped);
                Finish(helped);
            }
            else if (waited >= IdleSpin)
            {
                Sleep(own, seen, wake[index]);
                (idle, waited) = (Ticks.Now, 0);
            }
        }
    }

    /// <summary>On the caller's core a worker only keeps the caller from working; from that core's queue it may be moved.</summary>
    static void YieldToCaller(Slice own)
    {
        if (Volatile.Read(ref own.CallerCore) == Thread.GetCurrentProcessorId()) Thread.Yield();
    }

    static void Sleep(Slice own, uint seen, AutoResetEvent bell)
    {
        Interlocked.Exchange(ref own.Asleep, 1);
        // A run that began meanwhile may have seen Asleep, or not: whoever takes the 1 back decides.
        if (RunOf(Volatile.Read(ref own.Ticket)) != seen && Interlocked.Exchange(ref own.Asleep, 0) != 0) return;
        bell.WaitOne();
    }

    /// <summary>Counts a worker's parts as done.</summary>
    void Finish(int parts)
    {
        if (parts == 0) return;
        Interlocked.Add(ref finished.Parts, parts);
        if (Volatile.Read(ref finished.CallerAsleep) != 0 && Interlocked.Exchange(ref finished.CallerAsleep, 0) != 0) wake[0].Set();
    }

    /// <summary>Takes parts of other threads' slices until none is left; returns how many.</summary>
    int Help(int index, uint current)
    {
        int done = 0;
        for (int i = index + 1; i < slices.Length; i++) done += Take(slices[i], current);
        for (int i = 0; i < index; i++) done += Take(slices[i], current);
        return done;
    }

    /// <summary>Takes parts of a slice until none is left, if it is of this run; returns how many.</summary>
    int Take(Slice slice, uint current)
    {
        int done = 0;
        while (true)
        {
            long ticket = Volatile.Read(ref slice.Ticket);
            int part = (int)ticket & MaximumParts, end = (int)(ticket >> PartBits) & MaximumParts;
            if (RunOf(ticket) != current || part >= end) return done;
            // Read before the part is taken: once it is, the run cannot end, and these cannot have been another run's.
            var function = (delegate*<void*, int, void>)Volatile.Read(ref slice.Function);
            void* job = (void*)Volatile.Read(ref slice.Job);
            if (Interlocked.CompareExchange(ref slice.Ticket, ticket + 1, ticket) != ticket) continue;
            try
            {
                function(job, part);
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

    static uint RunOf(long ticket) => (uint)(ticket >> 2 * PartBits) & RunMask;
}
