namespace Boltzmann.Compute.Cpu;

/// <summary>
/// How many threads to use where other programs want the same cores. Two threads that take turns on a core give less than one: each waits
/// for the other, which the system has put aside for milliseconds. So after a wait that the work does not explain some threads pause for a
/// spell: short at first, longer and longer if all threads together soon get into the same trouble again.
/// </summary>
/// <param name="threads">Of the team.</param>
sealed class Contention(int threads)
{
    /// <summary>Costs next to nothing after a single interruption, and about as long as systems put a thread aside.</summary>
    public static readonly long ShortestSpell = Ticks.FromMicroseconds(2_000);

    /// <summary>How long a core may go unused after the other program has ended.</summary>
    public static readonly long LongestSpell = Ticks.FromMicroseconds(512_000);

    /// <summary>
    /// All threads must run undisturbed for this long for the next spell to be no longer than the last; for each such time more it is half
    /// as long. Spells then grow only where trouble comes about seventy times a second, which costs as much as they do.
    /// </summary>
    public static readonly long GoodStretch = Ticks.FromMicroseconds(10_000);

    /// <summary>How much longer than one alone all threads may have taken in sum.</summary>
    public static readonly long Tolerance = Ticks.FromMicroseconds(1_000);

    int paused, pausedLast;
    long excess;
    long spell = ShortestSpell / 2, end;

    /// <summary>Whether no thread pauses. Then there is no need to look at the clock.</summary>
    public bool IsOver => paused == 0;

    /// <summary>Threads to use now.</summary>
    public int Threads(long now)
    {
        if (now >= end) paused = 0;
        return threads - paused;
    }

    /// <summary>
    /// Whatever holds threads up, more of them must not be slower than one: what runs took beyond the time of one thread is added up, what
    /// they saved is taken off, and too much of it is trouble.
    /// </summary>
    /// <param name="taken">Ticks that a run took with several threads.</param>
    /// <param name="alone">Ticks that the caller would have needed alone.</param>
    /// <param name="now">The end of the run.</param>
    public void Compare(long taken, long alone, long now)
    {
        excess = Math.Max(excess + taken - alone, -Tolerance);
        if (excess < Tolerance) return;
        excess = 0;
        Meet(now);
    }

    /// <summary>The caller had to wait for a thread far longer than the work explains.</summary>
    public void Meet(long now)
    {
        // One program that wants a core should cost a large team one thread; many programs, half of it or more.
        if (paused != 0) paused *= 2;
        else
        {
            long stretches = Math.Min((now - end) / GoodStretch, 30);
            paused = stretches == 0 ? Math.Max(1, pausedLast / 2) : 1;
            spell = Math.Clamp(2 * spell >> (int)stretches, ShortestSpell, LongestSpell);
        }
        paused = pausedLast = Math.Min(paused, threads - 1);
        end = now + spell;
    }
}
