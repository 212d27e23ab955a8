using System.Diagnostics;

namespace Boltzmann.Compute.Cpu;

/// <summary>Keeps how far apart a team's cores are, and when to look again.</summary>
sealed class DistanceMeter
{
    /// <summary>Between the 100–200 ns of cores that share a cache and the 400–600 ns of cores that do not.</summary>
    const double FarFrom = 280e-9;

    /// <summary>Both threads on one core, or a machine that is being moved: says nothing about distance.</summary>
    const double Disturbed = 1.5e-6;

    const int MostPartners = 3;

    static readonly long Interval = Ticks.FromMicroseconds(1_000_000), RetryInterval = Ticks.FromMicroseconds(10_000);

    readonly ExchangeWord[] words;
    readonly int[] partners;
    long next;

    /// <param name="threads">Of the team.</param>
    /// <param name="told">What to believe instead of measuring.</param>
    public DistanceMeter(int threads, CoreDistance told)
    {
        partners = new int[Math.Min(MostPartners, threads - 1)];
        words = Array.ConvertAll(partners, _ => new ExchangeWord());
        IsKnown = told != CoreDistance.Measured || threads == 1;
        Distance = told == CoreDistance.Far ? CoreDistance.Far : CoreDistance.Near;
        if (IsKnown) next = long.MaxValue;
    }

    /// <summary>Near or far; near until measured.</summary>
    public CoreDistance Distance { get; private set; }

    /// <summary>Whether it was told or measured.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Whether it is time to measure.</summary>
    public bool IsDue(long now) => now >= next;

    /// <summary>A job that measures between the first threads of the team, with a part for each; there are at least two.</summary>
    public Exchange Job(int threads)
    {
        // A large team's cores are far apart if any are; a few of them tell.
        ReadOnlySpan<int> some = [1, threads / 2, threads - 1];
        for (int i = 0; i < partners.Length; i++)
        {
            partners[i] = i == 0 || some[i] > some[i - 1] ? some[i] : 0;
            Volatile.Write(ref words[i].Value, 0);
        }
        return new(words, partners);
    }

    /// <summary>Takes what the job found, in ticks; 0 for nothing.</summary>
    public void Take(double ticks, long now)
    {
        double seconds = ticks / Stopwatch.Frequency;
        bool isSound = seconds is > 0 and < Disturbed;
        next = now + (isSound ? Interval : RetryInterval);
        if (!isSound) return;
        Distance = seconds >= FarFrom ? CoreDistance.Far : CoreDistance.Near;
        IsKnown = true;
    }
}
