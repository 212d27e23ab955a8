namespace Boltzmann.Cli.Benchmarks;

/// <summary>The visits to one work, and which of them were disturbed. Disturbed ones serve only where there is nothing else.</summary>
sealed class JudgedVisits
{
    readonly BenchVisit[] used;

    /// <summary>Judges visits, of which there is at least one, by what is usual in the run.</summary>
    public JudgedVisits(IReadOnlyList<BenchVisit> visits, BenchWidth width, Disturbances disturbances)
    {
        All = [.. visits];
        AreDisturbed = [.. visits.Select(v => disturbances.Contains(width, v.Around))];
        BenchVisit[] quiet = [.. visits.Where((_, i) => !AreDisturbed[i])];
        used = quiet.Length > 0 ? quiet : [.. visits];
        Best = used.MinBy(v => v.Milliseconds);
    }

    /// <summary>All visits, in the order of the run.</summary>
    public IReadOnlyList<BenchVisit> All { get; }

    /// <summary>Which of them were disturbed.</summary>
    public IReadOnlyList<bool> AreDisturbed { get; }

    /// <summary>Visits that were disturbed.</summary>
    public int Disturbed => AreDisturbed.Count(isDisturbed => isDisturbed);

    /// <summary>Whether every visit was: the figures then say little.</summary>
    public bool AreOnlyDisturbed => Disturbed == All.Count;

    /// <summary>The visit with the least median.</summary>
    public BenchVisit Best { get; }

    /// <summary>The fastest step of all visits that serve, in milliseconds.</summary>
    public double Fastest => used.Min(v => v.Fastest);

    /// <summary>The best one-thread peak around the visits that serve, in GFLOP/s.</summary>
    public double OneThreadPeak => used.Max(v => Math.Max(v.Around.PeakBefore, v.Around.PeakAfter));
}
