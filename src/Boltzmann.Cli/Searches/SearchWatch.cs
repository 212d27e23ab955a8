using System.Diagnostics;

namespace Boltzmann.Cli.Searches;

/// <summary>Who follows a search while it goes on: a person at a terminal, who reads a line now and then, and an animation.</summary>
/// <param name="isShown">Whether there is a terminal.</param>
sealed class SearchWatch(bool isShown)
{
    static readonly long pause = Stopwatch.Frequency / 10;

    volatile SearchStanding? standing;
    long next;

    /// <summary>Takes the best states; null for no animation.</summary>
    public SearchFilm? Film { get; init; }

    /// <summary>What stands before the line: which of several searches it is.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The last that was told; null before.</summary>
    public SearchStanding? Standing => standing;

    /// <summary>Tells how the search stands, if it is time to.</summary>
    /// <param name="now">Called then.</param>
    public void Tell(Func<SearchStanding> now)
    {
        if (!isShown || Stopwatch.GetTimestamp() < next) return;
        standing = now();
        next = Stopwatch.GetTimestamp() + pause;
    }
}
