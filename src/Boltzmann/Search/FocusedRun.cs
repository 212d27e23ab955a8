namespace Boltzmann.Searching;

/// <summary>The walks of a focused search, round by round.</summary>
sealed class FocusedRun
{
    const int FirstWalks = 1;

    /// <summary>Flips of a sweep, where there are as many variables; fewer where there are fewer.</summary>
    const int LongestSweep = 10_000;

    /// <summary>Flips of a walk between two looks at the clock, or a sweep.</summary>
    const int RoundFlips = 8192;

    /// <summary>Flips for each variable after which the number of walks doubles; each further time after twice as many.</summary>
    const double Patience = 300;

    /// <summary>Clauses and variables of all walks together.</summary>
    const long MostMemory = 40_000_000;

    /// <summary>A state is looked at in full when it is better by a twentieth, or after so many rounds.</summary>
    const double Better = 0.95;
    const int Rounds = 16;

    readonly SearchRun run;
    readonly FocusedSearch settings;
    readonly List<FocusedWalk> walks = [];
    readonly FocusedChoice choice;
    readonly int sweepFlips, mostWalks;
    double offered = double.PositiveInfinity;
    int sinceOffer;

    public FocusedRun(SearchRun run, FocusedSearch settings)
    {
        this.run = run;
        this.settings = settings;
        choice = new(run.Energy, settings.Range);
        sweepFlips = Math.Clamp(run.Energy.Variables, 1, LongestSweep);
        long each = run.Energy.Variables + (long)run.Energy.Clauses;
        mostWalks = (int)Math.Clamp(MostMemory / each, Math.Min(FirstWalks, settings.MostWalks), Math.Max(1, settings.MostWalks));
    }

    public IEnumerable<SearchRun> Steps()
    {
        try
        {
            double doubling = Patience * run.Energy.Variables, flips = 0;
            int wanted = Math.Min(FirstWalks, mostWalks);
            while (true)
            {
                while (walks.Count < wanted) walks.Add(new(run.Energy, choice, run.Seed, (uint)walks.Count));
                int sweeps = Math.Max(1, RoundFlips / sweepFlips);
                if (run.Stop.Sweeps is long most) sweeps = (int)Math.Min(sweeps, Math.Max(1, most - run.Sweeps));
                bool isDone = Advance(sweeps);
                Offer(isDone);
                yield return run;
                if (isDone) yield break;
                flips += (double)sweeps * sweepFlips;
                if (flips < doubling) continue;
                doubling *= 2;
                wanted = Math.Min(2 * wanted, mostWalks);
            }
        }
        finally
        {
            Offer(isForced: true);
        }
    }

    // Whether a walk has no violated clause left.
    bool Advance(int sweeps)
    {
        long flips = (long)sweeps * sweepFlips;
        var first = new FirstToFinish();
        run.Backend.RunParts(walks.Count, w =>
        {
            if (walks[w].Advance(flips, first, w)) first.Note(w);
        });
        run.Sweeps += sweeps;
        run.Updates += (double)flips * walks.Count;
        return first.Index < int.MaxValue;
    }

    // Of equally good walks the first counts.
    void Offer(bool isForced)
    {
        int best = -1;
        for (int w = 0; w < walks.Count; w++)
            if (best < 0 || walks[w].BestCost < walks[best].BestCost) best = w;
        sinceOffer++;
        if (best < 0 || walks[best].BestCost >= offered) return;
        double energy = run.Energy.Offset + walks[best].BestCost;
        bool isEnough = energy <= (run.Stop.Target ?? double.NegativeInfinity)
            || energy <= (run.Stop.SatisfiedEnergy ?? double.NegativeInfinity);
        if (!isForced && !isEnough && walks[best].BestCost > Better * offered && sinceOffer < Rounds) return;
        offered = walks[best].BestCost;
        sinceOffer = 0;
        run.Offer(walks[best].Best, walks[best].Beta, best);
    }
}
