using Boltzmann.Searching;

namespace Boltzmann.Cli;

/// <summary>How a search stands.</summary>
/// <param name="Best">"best cut 3064".</param>
/// <param name="Satisfied">"8190 of 8200 clauses hold"; "" where there are none.</param>
/// <param name="Ladder">The temperatures as they are, hottest first.</param>
/// <param name="UpdatesPerSecond">Draws of variables.</param>
/// <param name="Since">Seconds since the last improvement.</param>
sealed record SearchStanding(string Best, string Satisfied, IReadOnlyList<LadderRung> Ladder, double UpdatesPerSecond, double Since)
{
    const int MostBars = 16;

    /// <summary>How a run stands whose energies have no names.</summary>
    /// <param name="objective">What is sought.</param>
    /// <param name="run">The search.</param>
    /// <param name="satisfied">As for the record.</param>
    public static SearchStanding Of(SearchObjective objective, SearchRun run, string satisfied = "")
    {
        double seconds = run.Seconds;
        string best = double.IsFinite(run.BestEnergy) ? NumberText.Short(objective.At(run.BestEnergy), 12) : "–";
        return new($"best {objective.Name} {best}", satisfied, run.LadderNow, run.Updates / Math.Max(1e-9, seconds),
            seconds - (run.Trace.Count > 0 ? run.Trace[^1].Seconds : 0));
    }

    /// <summary>
    /// A line of a width: what is least of interest is left out where there is no room, updates first, then the temperatures.
    /// </summary>
    /// <param name="width">Places.</param>
    /// <param name="prefix">Before the rest; left out last.</param>
    public string Line(int width, string prefix = "")
    {
        string updates = $"{NumberText.Short(UpdatesPerSecond / 1e6, 3)} million updates/s";
        string since = $"{TimeText.Of(Math.Floor(Since))} since the last improvement";
        foreach (string[] parts in (string[][])[[prefix, Best, Satisfied, Temperatures, updates, since],
            [prefix, Best, Satisfied, Temperatures, since], [prefix, Best, Satisfied, since], [prefix, Best, since], [prefix, Best]])
        {
            string line = string.Join(" · ", parts.Where(part => part.Length > 0));
            if (line.Length <= width) return line;
        }
        return Best.Length <= width ? Best : Best[..Math.Max(0, width)];
    }

    /// <summary>"T 2.4 █▇▅▃▁ 0.31": the hottest and the coldest, between them a bar for each by the mean energy of its chains.</summary>
    public string Temperatures
    {
        get
        {
            if (Ladder.Count < 2) return "";
            int count = Math.Min(Ladder.Count, MostBars);
            LadderRung[] shown = [.. Enumerable.Range(0, count).Select(k => Ladder[k * (Ladder.Count - 1) / (count - 1)])];
            return $"T {NumberText.Short(1 / shown[0].Beta, 2)} {Sparkline.Of([.. shown.Select(rung => rung.Energy)], count)} "
                + NumberText.Short(1 / shown[^1].Beta, 2);
        }
    }
}
