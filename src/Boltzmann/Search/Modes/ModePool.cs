namespace Boltzmann.Searching;

/// <summary>Modes as they are found: the most probable ones with their states, of all others how often they were.</summary>
sealed class ModePool(int most)
{
    readonly Dictionary<ulong, long> times = [];
    readonly List<(ulong Key, double Energy, byte[] State)> kept = [];

    public long Samples { get; private set; }

    public long Distinct => times.Count;

    /// <summary>Counts a mode.</summary>
    /// <param name="visible">What tells it from others.</param>
    /// <param name="energy">Of it.</param>
    /// <param name="state">All of it.</param>
    public void Add(ReadOnlySpan<byte> visible, double energy, ReadOnlySpan<byte> state)
    {
        Samples++;
        ulong key = StateHash.Of(visible);
        if (times.TryGetValue(key, out long before))
        {
            times[key] = before + 1;
            return;
        }
        times[key] = 1;
        int at = kept.FindIndex(mode => mode.Energy > energy);
        if (at < 0) at = kept.Count;
        if (at == most) return;
        kept.Insert(at, (key, energy, state.ToArray()));
        if (kept.Count > most) kept.RemoveAt(most);
    }

    public IEnumerable<(double Energy, byte[] State, long Times)> Best => kept.Select(mode => (mode.Energy, mode.State, times[mode.Key]));
}
