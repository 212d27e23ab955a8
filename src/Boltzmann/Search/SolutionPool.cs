namespace Boltzmann.Searching;

/// <summary>The best different states that a search has seen.</summary>
/// <param name="most">How many are kept.</param>
sealed class SolutionPool(int most)
{
    readonly List<(ulong Key, SearchSolution Solution)> kept = [];
    readonly Dictionary<ulong, long> seen = [];

    /// <summary>The best first.</summary>
    public IReadOnlyList<SearchSolution> Solutions => [.. kept.Select(k => k.Solution with { Chains = seen[k.Key] })];

    /// <summary>Whether a state of this energy would be kept.</summary>
    public bool Wants(double energy) => kept.Count < most || energy <= kept[^1].Solution.Energy;

    /// <summary>Whether as many states as are kept have this energy or less.</summary>
    public bool IsFullOf(double energy) => kept.Count == most && kept[^1].Solution.Energy <= energy;

    /// <summary>Keeps the states in an archive.</summary>
    public void Keep(SearchArchive archive, int variables)
    {
        double[] energies = archive.KeepAny("pool.energies", kept.Select(k => k.Solution.Energy).ToArray());
        long[] times = archive.Keep("pool.chains", archive.IsReading ? new long[energies.Length] : [.. kept.Select(k => seen[k.Key])]);
        byte[] states = archive.Keep("pool.states", archive.IsReading ? new byte[energies.Length * variables]
            : [.. kept.SelectMany(k => k.Solution.Assignment)]);
        if (!archive.IsReading) return;
        kept.Clear();
        seen.Clear();
        for (int k = 0; k < energies.Length; k++)
        {
            byte[] state = states[(k * variables)..((k + 1) * variables)];
            ulong key = StateHash.Of(state);
            kept.Add((key, new(energies[k], state, 1)));
            seen[key] = times[k];
        }
    }

    /// <summary>Keeps a state that is good enough, or counts one that is known.</summary>
    public void Add(ReadOnlySpan<byte> state, double energy)
    {
        if (!Wants(energy)) return;
        ulong key = StateHash.Of(state);
        if (seen.TryGetValue(key, out long times))
        {
            seen[key] = times + 1;
            return;
        }
        if (kept.Count == most && energy >= kept[^1].Solution.Energy) return;
        seen[key] = 1;
        int at = kept.FindIndex(k => k.Solution.Energy > energy);
        kept.Insert(at < 0 ? kept.Count : at, (key, new(energy, state.ToArray(), 1)));
        if (kept.Count <= most) return;
        seen.Remove(kept[^1].Key);
        kept.RemoveAt(kept.Count - 1);
    }
}
