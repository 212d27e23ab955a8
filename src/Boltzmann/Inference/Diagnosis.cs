namespace Boltzmann;

/// <summary>Brings chains of a model from their starts to where they are followed, and follows them.</summary>
/// <param name="loaded">The model.</param>
/// <param name="seed">Settles everything random.</param>
/// <param name="burnIn">Sweeps before chains are followed.</param>
/// <param name="sweeps">Sweeps that are followed.</param>
/// <param name="cancellation">Checked before every sweep.</param>
sealed class Diagnosis(LoadedModel loaded, ulong seed, int burnIn, int sweeps, CancellationToken cancellation)
{
    const uint Stream = 0x64696167;

    /// <summary>
    /// Of the ladder beside plain chains: enough for states to travel in small machines, and it says so where they do not.
    /// </summary>
    const int LadderTemperatures = 10;

    readonly Rng rng = new(seed, Stream);

    EnergyModel Model => loaded.Model.Undirected;

    /// <summary>Follows the chains.</summary>
    /// <param name="from">"apart", "noise" or "data".</param>
    /// <param name="rows">Data to start at; null for none.</param>
    /// <param name="count">Chains.</param>
    /// <param name="temperatures">Of tempered chains; null for plain ones, with a ladder beside them if they start apart.</param>
    public ChainReport Run(string from, Dataset? rows, int count, int? temperatures)
    {
        if (from != "apart") return Alike(rows, count, temperatures);
        bool isTempered = temperatures is not null;
        List<string> names = [.. ChainStarts.Of(Model)];
        if (rows is not null) names.Add(ChainStarts.Data);
        if (!isTempered) names.Add(ChainStarts.Tempered);
        int Share(int i) => Math.Max(1, count / names.Count + (i < count % names.Count ? 1 : 0));
        ChainGroup[] groups = [.. names.Select((name, i) => new ChainGroup(name, Share(i)))];
        var given = new Dictionary<string, State>();
        if (rows is not null) given[ChainStarts.Data] = AtRows(rows, groups.First(g => g.Name == ChainStarts.Data).Chains);
        TemperedChains? ladder = isTempered ? null : new(Model, Math.Max(2, groups[^1].Chains), rng, LadderTemperatures);
        if (ladder is not null)
        {
            BurnIn(() => ladder.Sweep(rng));
            given[ChainStarts.Tempered] = ladder.State;
        }
        var chains = new State(Model, groups.Sum(g => g.Chains));
        ChainStarts.Set(Model, groups, chains, given, rng);
        if (temperatures is int number)
        {
            var tempered = new TemperedChains(Model, chains.Rows, rng, number);
            tempered.StartAt(chains);
            BurnIn(() => tempered.Sweep(rng));
            return ChainDiagnostics.Follow(tempered, groups, sweeps, rng, cancellation);
        }
        BurnIn(() => Gibbs.Sweep(Model, chains, rng));
        return ChainDiagnostics.Follow(Model, chains, groups, ladder, sweeps, rng, cancellation);
    }

    // All from one start: nothing to compare them with but themselves.
    ChainReport Alike(Dataset? rows, int count, int? temperatures)
    {
        State chains = rows is null ? new Chains(loaded.Model, count, 1, null, rng).State : AtRows(rows, count);
        if (temperatures is not int number)
        {
            BurnIn(() => Gibbs.Sweep(Model, chains, rng));
            return ChainDiagnostics.Follow(Model, chains, sweeps, rng, cancellation);
        }
        var tempered = new TemperedChains(Model, count, rng, number);
        if (rows is not null) tempered.StartAt(chains);
        BurnIn(() => tempered.Sweep(rng));
        return ChainDiagnostics.Follow(tempered, sweeps, rng, cancellation);
    }

    State AtRows(Dataset rows, int count)
    {
        var run = new Chains(loaded.Model, count, 1, null, rng);
        run.StartAt(rows.Repeated(count, loaded.Model.Placement));
        return run.State;
    }

    void BurnIn(Action sweep)
    {
        for (int s = 0; s < burnIn; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            sweep();
        }
    }
}
