namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Visits work round by round, so that a busy or badly placed processor spoils a round of each rather than all rounds of one. Work whose
/// visit was disturbed is visited again at the end of the round: spells pass.
/// </summary>
sealed class BenchRounds
{
    /// <summary>Visits to each work unless asked otherwise.</summary>
    public const int Default = 12;

    /// <summary>Times that a disturbed visit is repeated in a round at most.</summary>
    public const int MostRepeats = 3;

    /// <summary>Where a machine is never quiet, repeats end when they have made the run half as long again.</summary>
    public const double RepeatsPerVisit = 0.5;

    /// <summary>Visits that were taken again because a disturbance spoiled them.</summary>
    public int Repeats { get; private set; }

    /// <summary>What is usual on the machine.</summary>
    public Disturbances Disturbances { get; } = new();

    /// <summary>Visits all entries in each round, and yields after each how many are done.</summary>
    public IEnumerable<int> Run(IReadOnlyList<IBenchEntry> entries, int rounds, CancellationToken interrupted)
    {
        int repeatsLeft = (int)Math.Ceiling(RepeatsPerVisit * rounds * entries.Count);
        for (int round = 1; round <= rounds; round++)
        {
            var last = Visit(entries, interrupted);
            for (int pass = 0; pass < MostRepeats; pass++)
            {
                IBenchEntry[] spoiled = [.. last.Where(v => Disturbances.Contains(v.Entry.Width, v.Around))
                    .Select(v => v.Entry).Take(repeatsLeft)];
                if (spoiled.Length == 0) break;
                repeatsLeft -= spoiled.Length;
                Repeats += spoiled.Length;
                last = Visit(spoiled, interrupted);
            }
            yield return round;
        }
    }

    List<(IBenchEntry Entry, Surroundings Around)> Visit(IReadOnlyList<IBenchEntry> entries, CancellationToken interrupted)
    {
        var visits = new List<(IBenchEntry, Surroundings)>();
        foreach (IBenchEntry entry in entries)
        {
            interrupted.ThrowIfCancellationRequested();
            Surroundings around = entry.Visit();
            Disturbances.Add(entry.Width, around);
            visits.Add((entry, around));
        }
        return visits;
    }
}
