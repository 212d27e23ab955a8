using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>
/// The exchanges of a round, each made as soon as both temperatures have been swept, by the thread that swept the later one: nobody waits
/// for all, and what comes of them does not depend on who makes them.
/// </summary>
/// <param name="ladder">The chains.</param>
/// <param name="meter">Makes the exchanges.</param>
/// <param name="groups">At each temperature.</param>
sealed class LadderExchanges(TemperingLadder ladder, LadderMeter meter, int groups)
{
    int[] waiting = [];
    Draw draw;
    int parity;

    /// <summary>Told the number of a group that has been swept: those of the hottest temperature first, others behind all.</summary>
    public Action<int> Swept => field ??= Note;

    /// <summary>Begins a round.</summary>
    /// <param name="rng">Of this round.</param>
    /// <param name="first">The hottest temperature that is the hotter one of a pair: 0 or 1.</param>
    public void Begin(Rng rng, int first)
    {
        (draw, parity) = (rng.NextDraw(), first);
        int count = ladder.Rungs.Count, pairs = count / 2 + 1;
        if (waiting.Length != pairs) waiting = new int[pairs];
        for (int pair = 0; pair < pairs; pair++) waiting[pair] = groups * (End(pair) - Start(pair));
    }

    void Note(int group)
    {
        int t = group / groups;
        if (t >= ladder.Rungs.Count) return;
        int pair = (t + parity) / 2;
        if (Interlocked.Decrement(ref waiting[pair]) > 0) return;
        for (t = Start(pair); t < End(pair); t++) meter.Compare(t);
        if (End(pair) - Start(pair) == 2) meter.Exchange(Start(pair), draw);
    }

    // Temperatures 2k − parity and the next, as far as there are such.
    int Start(int pair) => Math.Max(0, 2 * pair - parity);

    int End(int pair) => Math.Min(ladder.Rungs.Count, 2 * pair - parity + 2);
}
