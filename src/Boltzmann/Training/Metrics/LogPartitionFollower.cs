namespace Boltzmann.Training;

/// <summary>
/// The metrics log-partition and log-partition-error: log Z of a machine in training, by annealed importance sampling before the first
/// update and from there on by a
/// <see cref="LogPartitionTracker"/> along the persistent chains, which begins again from annealing where its error has passed
/// <see cref="MostError"/> as it is measured.
/// </summary>
/// <remarks>
/// It bridges <see cref="UpdatesPerBridge"/> updates at once, with the chains before and after them, which costs four free energies of the
/// chains and two copies of the parameters, in double precision, for so many updates: about a fifth of the time of an update with as many
/// rows as chains. Bridging every update is no better: chains of few steps hardly move in between. An annealing takes 100 chains through
/// 1000 inverse temperatures. Chains follow small steps well; at large learning rates every measurement is an annealing
/// (docs/design-notes.md).
/// </remarks>
/// <param name="model">The machine that learns.</param>
/// <param name="chains">Its chains.</param>
sealed class LogPartitionFollower(EnergyModel model, IPersistentChains chains)
{
    /// <summary>Beginning of the names in a snapshot.</summary>
    public const string Prefix = "log-partition.";

    /// <summary>Nats.</summary>
    const double MostError = 1;
    const int UpdatesPerBridge = 10, StartChains = 100, StartBetas = 1000;
    const string HeldPrefix = "chains.", SinceKey = "since";

    LogPartitionTracker? tracker;
    State? held;
    int since;

    /// <summary>Begins, unless it has been restored, with the machine as it is now.</summary>
    /// <param name="rows">Of the training, from whose base rates the annealing starts.</param>
    /// <param name="rng">Source of randomness.</param>
    public void Begin(Matrix rows, Rng rng)
    {
        if (tracker is null) Anneal(rows, rng);
    }

    /// <summary>Whether the next <see cref="BeforeUpdate"/> bridges, and so needs finite parameters.</summary>
    public bool IsDue => held is not null && since + 1 >= UpdatesPerBridge;

    /// <summary>
    /// Told of every update, after its chains have moved and before the parameters do: then the chains are samples of the machine as it is.
    /// </summary>
    public void BeforeUpdate()
    {
        if (held is not null && ++since < UpdatesPerBridge) return;
        State now = chains.Chains!;
        if (held is not null) tracker!.Follow(model, held, now);
        since = 0;
        if (held?.Rows != now.Rows) held = new State(model, now.Rows);
        for (int l = 0; l < now.Layers; l++) held[l].SetCopy(now[l]);
    }

    /// <summary>log Z of the machine as it is now, in nats, with its error.</summary>
    /// <inheritdoc cref="Begin"/>
    public (double Value, double StandardError) Measure(Matrix rows, Rng rng)
    {
        if (held is null) return (tracker!.Value, tracker.StandardError);
        var now = tracker!.Estimate(model, held, chains.Chains);
        if (now.StandardError <= MostError) return now;
        Anneal(rows, rng);
        return (tracker.Value, tracker.StandardError);
    }

    void Anneal(Matrix rows, Rng rng)
    {
        LogPartitionEstimate start = AnnealedImportanceSampling.Estimate(model,
            new Annealing { Chains = StartChains, Betas = StartBetas, Start = Annealing.BaseRate(model, rows) }, rng);
        (tracker, held, since) = (new(model, start.Value, start.StandardError), null, 0);
    }

    /// <summary>What has to be saved; empty before the start.</summary>
    public IEnumerable<(string Name, Matrix Value)> Memory => tracker is null ? [] :
    [
        .. tracker.Memory.Select(m => (Prefix + m.Name, m.Value)),
        .. held is null ? [] : Enumerable.Range(0, held.Layers).Select(l => ($"{Prefix}{HeldPrefix}{l}", held[l])),
    ];

    /// <summary>The numbers that go with it.</summary>
    public IEnumerable<KeyValuePair<string, double>> Numbers => tracker is null ? []
        : tracker.Numbers.Append(new(SinceKey, since)).Select(n => KeyValuePair.Create(Prefix + n.Key, n.Value));

    /// <summary>Goes on from a snapshot, if it has anything of it.</summary>
    /// <exception cref="BadInputException">It lacks a part or has one of another shape.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        (tracker, held) = (null, null);
        if (!snapshot.Numbers.ContainsKey($"{Prefix}value")) return;
        var matrices = snapshot.Matrices.Where(m => m.Name.StartsWith(Prefix,
            StringComparison.Ordinal)).ToDictionary(m => m.Name[Prefix.Length..], m => m.Value);
        for (int i = 0; i < model.Parameters.Count; i++)
            Require($"before.{i}", model.Parameters[i].Value.Rows, model.Parameters[i].Value.Columns);
        bool hasChains = matrices.TryGetValue($"{HeldPrefix}0", out Matrix? first);
        for (int l = 0; hasChains && l < model.Layers.Count; l++) Require($"{HeldPrefix}{l}", first!.Rows, model.Layers[l].Units);
        if (matrices.TryGetValue("sums", out Matrix? sums)) Require("sums", 1, sums.Columns);
        var numbers = ((string[])["value", "variance", "disagreement", "effective", "updates"]).ToDictionary(name => name,
            name => snapshot.Number(Prefix + name));
        if (!double.IsFinite(numbers["value"]) || !double.IsFinite(numbers["disagreement"]) || !(numbers["variance"] >= 0)
            || !double.IsFinite(numbers["variance"]))
            throw new BadInputException($"the checkpoint's log Z is {numbers["value"]:R} with a variance of {numbers["variance"]:R}; "
                + "expected finite numbers");
        _ = snapshot.Count($"{Prefix}updates", int.MaxValue);
        since = (int)snapshot.Count($"{Prefix}{SinceKey}", UpdatesPerBridge - 1);
        tracker = new(model, 0);
        tracker.Restore(matrices, numbers);
        if (!hasChains) return;
        held = new State(model, first!.Rows);
        for (int l = 0; l < held.Layers; l++) held[l].SetCopy(matrices[$"{HeldPrefix}{l}"]);

        Matrix Find(string name) =>
            matrices.TryGetValue(name, out Matrix? matrix) ? matrix : throw new BadInputException($"the checkpoint lacks '{Prefix}{name}'");

        void Require(string name, int needed, int columns)
        {
            if (Find(name) is var matrix && (matrix.Rows != needed || matrix.Columns != columns))
                throw new BadInputException($"the checkpoint's {Prefix}{name} is {matrix.Shape}, but this run needs [{needed} × "
                    + $"{columns}]");
        }
    }
}
