using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>What is measured of a ladder between two changes: energies, how fast chains forget, exchanges, and the ways of the
/// replicas.</summary>
sealed class LadderMeter(TemperingLadder ladder)
{
    const int Chains = ChainLanes.Count;

    double[][] before = [];
    double[] products = [], squares = [], rises = [];
    long[] accepted = [], proposed = [];
    long blocks;
    readonly ReplicaTrips replicas = new();

    /// <summary>Share of the variables that a sweep changes, by temperature; NaN before it was measured.</summary>
    public double[] Acceptance { get; private set; } = [];

    /// <summary>Remembers the energies before a block.</summary>
    public void Begin()
    {
        if (before.Length != ladder.Groups.Count) Clear();
        for (int t = 0; t < before.Length; t++) ladder.Groups[t].Energies.CopyTo(before[t], 0);
    }

    /// <summary>Compares the energies behind a block with those before it.</summary>
    public void End()
    {
        blocks++;
        for (int t = 0; t < before.Length; t++)
        {
            ChainLanes group = ladder.Groups[t];
            double mean = Mean(t);
            for (int c = 0; c < Chains; c++)
            {
                double was = before[t][c] - mean, now = group.Energies[c] - mean;
                products[t] += was * now;
                squares[t] += (was * was + now * now) / 2;
                // Only what rises: chains that come from a hotter place fall, however cold it is.
                double rise = Math.Max(0, now - was);
                rises[t] += 2 * rise * rise;
            }
        }
    }

    /// <summary>The temperatures as they are.</summary>
    public IReadOnlyList<LadderRung> Rungs() => [.. Enumerable.Range(0, ladder.Groups.Count).Select(t =>
        new LadderRung(ladder.Betas[t], Mean(t), Deviation(t), t < Acceptance.Length ? Acceptance[t] : double.NaN, SwapRate(t),
            replicas.TripsOf(t)))];

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        int count = ladder.Groups.Count;
        blocks = 0;
        before = [.. Enumerable.Range(0, count).Select(_ => new double[Chains])];
        (products, squares, rises) = (new double[count], new double[count], new double[count]);
        (accepted, proposed) = (new long[count], new long[count]);
        foreach (ChainLanes group in ladder.Groups) group.ClearSums();
        if (Acceptance.Length != count) Acceptance = [.. Enumerable.Repeat(double.NaN, count)];
        replicas.Begin(count);
    }

    /// <summary>Variables.</summary>
    public int Units => ladder.Program.Units;

    /// <summary>Mean energy at a temperature.</summary>
    public double Mean(int t)
    {
        ChainLanes group = ladder.Groups[t];
        return group.Reference + (group.Sums.Terms > 0 ? group.Sums.Sum / group.Sums.Terms : 0);
    }

    /// <summary>Standard deviation of the energies at a temperature.</summary>
    public double Deviation(int t)
    {
        var (sum, of, terms) = ladder.Groups[t].Sums;
        return terms == 0 ? 0 : Math.Sqrt(Math.Max(0, of / terms - sum / terms * (sum / terms)));
    }

    /// <summary>Correlation of a chain's energy with its own a block later.</summary>
    public double Memory(int t) => squares[t] > 0 ? products[t] / squares[t] : 0;

    /// <summary>Root mean square of what a chain's energy changes by in a block, from what it rises by.</summary>
    public double Motion(int t) => blocks > 0 ? Math.Sqrt(rises[t] / (blocks * Chains)) : 0;

    /// <summary>Share of accepted exchanges with the next colder temperature.</summary>
    public double SwapRate(int t) => proposed[t] == 0 ? double.NaN : (double)accepted[t] / proposed[t];

    /// <summary>Proposes exchanges of every second pair of neighbours.</summary>
    public void Exchange(Backend backend, Rng rng, int parity)
    {
        Draw draw = rng.NextDraw();
        Span<sbyte> mask = stackalloc sbyte[Chains];
        for (int t = parity; t + 1 < ladder.Groups.Count; t += 2)
        {
            ChainLanes hot = ladder.Groups[t], cold = ladder.Groups[t + 1];
            int count = 0;
            for (int c = 0; c < Chains; c++)
            {
                double log = (hot.Beta - cold.Beta) * (hot.Energies[c] - cold.Energies[c]);
                bool accept = log >= 0 || Philox.Uniform(draw, c, t) < Math.Exp(log);
                mask[c] = accept ? (sbyte)-1 : (sbyte)0;
                if (accept) count++;
            }
            proposed[t] += Chains;
            accepted[t] += count;
            if (count == 0) continue;
            hot.Exchange(cold, mask);
            replicas.Exchange(t, mask);
        }
        replicas.Count();
    }
}
