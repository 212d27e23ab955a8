using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>What is measured of a ladder between two changes: energies, how fast chains forget, exchanges, and the ways of the
/// replicas.</summary>
sealed class LadderMeter(TemperingLadder ladder)
{
    double[][] before = [];
    double[] products = [], squares = [], rises = [];
    long[] accepted = [], proposed = [];
    long blocks;
    sbyte[] masks = [];
    readonly ReplicaTrips replicas = new();

    /// <summary>Share of the variables that a sweep changes, by temperature; NaN before it was measured.</summary>
    public double[] Acceptance { get; private set; } = [];

    /// <summary>Remembers the energies before a block.</summary>
    public void Begin()
    {
        if (before.Length != ladder.Rungs.Count) Clear();
        for (int t = 0; t < before.Length; t++) ladder.Rungs[t].CopyEnergiesTo(before[t]);
    }

    /// <summary>
    /// Compares the energies of a temperature behind a block with those before it. Several threads may call this and <see
    /// cref="Exchange"/>, each for temperatures of its own.
    /// </summary>
    public void Compare(int t)
    {
        LadderChains chains = ladder.Rungs[t];
        double mean = Mean(t);
        for (int c = 0; c < Chains; c++)
        {
            double was = before[t][c] - mean, now = chains.EnergyOf(c) - mean;
            products[t] += was * now;
            squares[t] += (was * was + now * now) / 2;
            // Only what rises: chains that come from a hotter place fall, however cold it is.
            double rise = Math.Max(0, now - was);
            rises[t] += 2 * rise * rise;
        }
    }

    /// <summary>A block is over, its exchanges included.</summary>
    public void End()
    {
        blocks++;
        replicas.Count();
    }

    /// <summary>The temperatures as they are.</summary>
    public IReadOnlyList<LadderRung> Rungs() => [.. Enumerable.Range(0, ladder.Rungs.Count).Select(t =>
        new LadderRung(ladder.Betas[t], Mean(t), Deviation(t), t < Acceptance.Length ? Acceptance[t] : double.NaN, SwapRate(t),
            replicas.TripsOf(t)))];

    /// <summary>Keeps in an archive what was measured; begun for as many temperatures as there are.</summary>
    public void Keep(SearchArchive archive)
    {
        products = archive.Keep("meter.products", products);
        squares = archive.Keep("meter.squares", squares);
        rises = archive.Keep("meter.rises", rises);
        accepted = archive.Keep("meter.accepted", accepted);
        proposed = archive.Keep("meter.proposed", proposed);
        Acceptance = archive.Keep("meter.acceptance", Acceptance);
        blocks = archive.Keep("meter.blocks", blocks);
        replicas.Keep(archive);
    }

    /// <summary>How often a chain came back to the coldest temperature from the hottest.</summary>
    public long TripsToColdest => replicas.TripsOf(ladder.Rungs.Count - 1);

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        int count = ladder.Rungs.Count;
        blocks = 0;
        masks = new sbyte[count * Chains];
        before = [.. Enumerable.Range(0, count).Select(_ => new double[Chains])];
        (products, squares, rises) = (new double[count], new double[count], new double[count]);
        (accepted, proposed) = (new long[count], new long[count]);
        foreach (LadderChains chains in ladder.Rungs) chains.ClearSums();
        if (Acceptance.Length != count) Acceptance = [.. Enumerable.Repeat(double.NaN, count)];
        replicas.Begin(count, Chains);
    }

    // At each temperature.
    int Chains => ladder.Rungs[0].Count;

    /// <summary>Variables.</summary>
    public int Units => ladder.Program.Units;

    /// <summary>Mean energy at a temperature.</summary>
    public double Mean(int t) => ladder.Rungs[t].Mean;

    /// <summary>Standard deviation of the energies at a temperature.</summary>
    public double Deviation(int t) => ladder.Rungs[t].Deviation;

    /// <summary>Correlation of a chain's energy with its own a block later.</summary>
    public double Memory(int t) => squares[t] > 0 ? products[t] / squares[t] : 0;

    /// <summary>Root mean square of what a chain's energy changes by in a block, from what it rises by.</summary>
    public double Motion(int t) => blocks > 0 ? Math.Sqrt(rises[t] / (blocks * Chains)) : 0;

    /// <summary>Share of accepted exchanges with the next colder temperature.</summary>
    public double SwapRate(int t) => proposed[t] == 0 ? double.NaN : (double)accepted[t] / proposed[t];

    /// <summary>Proposes exchanges of a temperature's chains and those of the next colder one.</summary>
    /// <param name="t">The hotter one.</param>
    /// <param name="draw">What chances are drawn from: they depend on it, the temperature and the chain alone.</param>
    public void Exchange(int t, Draw draw)
    {
        LadderChains hot = ladder.Rungs[t], cold = ladder.Rungs[t + 1];
        Span<sbyte> mask = masks.AsSpan(t * Chains, Chains);
        int count = 0;
        for (int c = 0; c < Chains; c++)
        {
            double log = (hot.Beta - cold.Beta) * (hot.EnergyOf(c) - cold.EnergyOf(c));
            bool accept = log >= 0 || Philox.Uniform(draw, c, t) < Math.Exp(log);
            mask[c] = accept ? (sbyte)-1 : (sbyte)0;
            if (accept) count++;
        }
        proposed[t] += Chains;
        accepted[t] += count;
        if (count == 0) return;
        hot.Exchange(cold, mask);
        replicas.Exchange(t, mask);
    }
}
