namespace Boltzmann.Inference;

/// <summary>Brings chains of a model from their starts to where they are followed, and follows them.</summary>
/// <param name="loaded">The model.</param>
/// <param name="request">Chains, sweeps, starts.</param>
/// <param name="context">Opens data by name, settles everything random, is told of rows that are gone.</param>
sealed class Diagnosis(LoadedModel loaded, DiagnoseRequest request, RunContext context)
{
    const uint Stream = 0x64696167;

    /// <summary>
    /// Of the ladder beside plain chains: enough for states to travel in small machines, and it says so where they do not.
    /// </summary>
    const int LadderTemperatures = 10;

    // Of four bytes each.
    const int MostValues = 500_000_000;

    readonly Rng rng = new(context.Seed, Stream);
    readonly int sweeps = request.Sweeps ?? DiagnoseRequest.DefaultSweeps;
    readonly CancellationToken cancellation = context.Interrupted;

    EnergyModel Model => loaded.Model.Undirected;

    /// <summary>Follows the chains.</summary>
    /// <exception cref="BadInputException">Rows are stated and not needed, cannot be read, or do not fit the model.</exception>
    public ChainReport Run()
    {
        Dataset? rows = Rows();
        int count = request.Chains ?? DiagnoseRequest.DefaultChains;
        if (request.Observables) RequireRows(count);
        return request.Start == DiagnosisStart.Apart ? Apart(rows, count, request.Temperatures) : Alike(rows, count, request.Temperatures);
    }

    Dataset? Rows()
    {
        var rows = new AskedRows(loaded, request.Rows, context, "diagnose");
        if (request.Start == DiagnosisStart.Data) return rows.Prepared();
        if (request.Start == DiagnosisStart.Noise)
            return !request.Rows.IsStated ? null
                : throw new BadInputException("--data gives the rows that chains start at; chains from noise need none");
        if (!rows.AreKnown) return null;
        // What the model was trained on may be gone, which is said and no reason to stop; what was asked for has to be there.
        try
        {
            return rows.Prepared();
        }
        catch (BadInputException e) when (!request.Rows.IsStated)
        {
            context.Warn($"no chains start at rows of {rows.Name}, on which the model was trained: {e.Message}");
            return null;
        }
    }

    ChainReport Apart(Dataset? rows, int count, int? temperatures)
    {
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
            return ChainDiagnostics.Follow(tempered, groups, sweeps, rng, Moments(tempered.State), cancellation);
        }
        BurnIn(() => Gibbs.Sweep(Model, chains, rng));
        return ChainDiagnostics.Follow(Model, chains, groups, ladder, sweeps, rng, Moments(chains), cancellation);
    }

    // All from one start: nothing to compare them with but themselves.
    ChainReport Alike(Dataset? rows, int count, int? temperatures)
    {
        State chains = rows is null ? new Chains(loaded.Model, count, 1, null, rng).State : AtRows(rows, count);
        if (temperatures is not int number)
        {
            BurnIn(() => Gibbs.Sweep(Model, chains, rng));
            return ChainDiagnostics.Follow(Model, chains, [], null, sweeps, rng, Moments(chains), cancellation);
        }
        var tempered = new TemperedChains(Model, count, rng, number);
        if (rows is not null) tempered.StartAt(chains);
        BurnIn(() => tempered.Sweep(rng));
        return ChainDiagnostics.Follow(tempered, [], sweeps, rng, Moments(tempered.State), cancellation);
    }

    // Chains of a deep belief network run in its upper layers, whose moments are not those of rows.
    void RequireRows(int count)
    {
        if (loaded.Model.Below > 0)
            throw new BadInputException($"--observables needs a machine whose chains run in its visible units; {loaded.Path} holds a dbn, "
                + "whose chains run in its two upper layers");
        if ((double)count * sweeps * Model.RowColumns > MostValues)
            throw new BadInputException($"--observables keeps every value of every sweep, here {count} chains × {sweeps:N0} sweeps × "
                + $"{Model.RowColumns} columns, above {MostValues:N0}: take fewer --sweeps or --chains");
        if (Model.RowColumns > ChainMoments.MostColumns)
            context.Note($"products of pairs are left out: rows have {Model.RowColumns} columns, and pairs of at most "
                + $"{ChainMoments.MostColumns} are followed");
    }

    ChainMoments? Moments(State chains) => request.Observables ? new(Model, chains, sweeps) : null;

    State AtRows(Dataset rows, int count)
    {
        var run = new Chains(loaded.Model, count, 1, null, rng);
        run.StartAt(rows.Repeated(count, loaded.Model.Placement));
        return run.State;
    }

    void BurnIn(Action sweep)
    {
        for (int s = 0; s < (request.BurnIn ?? DiagnoseRequest.DefaultBurnIn); s++)
        {
            cancellation.ThrowIfCancellationRequested();
            sweep();
        }
    }
}
