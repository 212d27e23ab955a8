namespace Boltzmann.Searching;

/// <summary>
/// The ways of chains through the temperatures: how often one came back to a temperature after it had been at both ends. Where that is
/// rare, the ladder does not help.
/// </summary>
sealed class ReplicaTrips
{
    const byte BothEnds = 3;

    int temperatures, chains;
    int[] replicas = [];
    byte[] ends = [];
    long[] trips = [];

    /// <summary>Begins anew.</summary>
    /// <param name="count">Temperatures.</param>
    /// <param name="each">Chains at each.</param>
    public void Begin(int count, int each)
    {
        (temperatures, chains) = (count, each);
        replicas = new int[count * chains];
        for (int i = 0; i < replicas.Length; i++) replicas[i] = i;
        ends = new byte[replicas.Length * count];
        trips = new long[count];
    }

    /// <summary>Keeps the ways in an archive; begun for as many temperatures as there are.</summary>
    public void Keep(SearchArchive archive)
    {
        replicas = archive.Keep("trips.replicas", replicas);
        ends = archive.Keep("trips.ends", ends);
        trips = archive.Keep("trips.trips", trips);
    }

    /// <summary>Chains of a temperature and the next colder one change places.</summary>
    public void Exchange(int hot, ReadOnlySpan<sbyte> mask)
    {
        for (int c = 0; c < chains; c++)
        {
            if (mask[c] == 0) continue;
            ref int a = ref replicas[hot * chains + c], b = ref replicas[(hot + 1) * chains + c];
            (a, b) = (b, a);
        }
    }

    /// <summary>Notes where every chain is.</summary>
    public void Count()
    {
        for (int c = 0; c < chains; c++)
        {
            Mark(replicas[c], 1);
            Mark(replicas[(temperatures - 1) * chains + c], 2);
        }
        for (int t = 0; t < temperatures; t++)
            for (int c = 0; c < chains; c++)
            {
                ref byte seen = ref ends[replicas[t * chains + c] * temperatures + t];
                if (seen != BothEnds) continue;
                seen = 0;
                trips[t]++;
            }
    }

    /// <summary>Returns to a temperature.</summary>
    public long TripsOf(int temperature) => temperature < trips.Length ? trips[temperature] : 0;

    void Mark(int replica, byte end)
    {
        foreach (ref byte seen in ends.AsSpan(replica * temperatures, temperatures)) seen |= end;
    }
}
