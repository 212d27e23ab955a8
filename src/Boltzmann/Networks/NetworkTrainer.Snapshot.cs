namespace Boltzmann.Networks;

/// <content>Saving and resuming between any two updates.</content>
public sealed partial class NetworkTrainer
{
    const string BestPrefix = "best.", TallyPrefix = "epoch-so-far.";
    const string DropoutRngKey = "dropout-rng", AtBestKey = "at-best", DecayKey = "plateau-decay";
    const string PlateauBestKey = "plateau-best.", PlateauSinceKey = "plateau-since-best";

    /// <summary>What has to be saved with the network.</summary>
    public TrainerSnapshot Snapshot()
    {
        var numbers = new Dictionary<string, double>
        {
            [DropoutRngKey] = dropoutRng.Step,
            [AtBestKey] = atBest ? 1 : 0,
            [DecayKey] = decay,
        };
        loop.Save(numbers);
        TrainerSnapshot.Save(Optimizer, numbers);
        if (options.Plateau is Plateau plateau)
            (numbers[PlateauBestKey + plateau.Metric], numbers[PlateauSinceKey]) = (lastDrop!.Value, lastDrop.Since);
        if (RowInEpoch > 0)
            foreach (var (name, value) in tally.Numbers) numbers[TallyPrefix + name] = value;
        IEnumerable<Parameter> best = bestNetwork?.Parameters ?? [];
        return new(
            [
                .. TrainerSnapshot.Of(Optimizer),
                .. TrainerSnapshot.Of(penalties),
                .. best.Select(p => (BestPrefix + p.Name, p.Value)),
            ],
            numbers);
    }

    /// <summary>Takes a snapshot's place. The network's parameters must have been loaded too.</summary>
    /// <exception cref="BadInputException">The snapshot lacks a number or has an impossible one, or a matrix has another shape or is not
    /// finite.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        snapshot.RequireFinite();
        EpochPosition position = loop.Read(snapshot);
        long dropoutStep = snapshot.Count(DropoutRngKey);
        _ = snapshot.OptimizerTime;
        bool stops = options.EarlyStopping is not null && !double.IsNaN(position.Best);
        bool decays = options.Plateau is Plateau plateau && snapshot.Numbers.ContainsKey(PlateauBestKey + plateau.Metric);
        long waited = decays ? snapshot.Count(PlateauSinceKey, int.MaxValue) : 0;
        bool savedAtBest = snapshot.Count(AtBestKey, 1) == 1;
        double newDecay = snapshot.Number(DecayKey);
        if (!(newDecay is > 0 and <= 1))
            throw new BadInputException($"the checkpoint's '{DecayKey}' is {newDecay:R}; expected above 0, at most 1");

        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        snapshot.Prepare(Optimizer, step.Parameters);
        snapshot.Prepare(penalties);
        bestNetwork = savedAtBest || (stops && saved.Keys.Any(name => name.StartsWith(BestPrefix, StringComparison.Ordinal)))
            ? Network.Clone()
            : null;
        foreach (var (name, value) in Snapshot().Matrices)
        {
            if (!saved.TryGetValue(name, out Matrix? source))
            {
                if (name.StartsWith(BestPrefix, StringComparison.Ordinal)) throw new BadInputException($"the checkpoint lacks '{name}'");
                continue;
            }
            TrainerSnapshot.RequireFit(name, source, value, source.Rows == value.Rows);
            value.SetCopy(source);
        }
        loop.Restore(position);
        dropoutRng.Step = (ulong)dropoutStep;
        snapshot.SetTime(Optimizer);
        if (decays) lastDrop!.Restore(snapshot.Number(PlateauBestKey + options.Plateau!.Metric), double.NaN, (int)waited);
        decay = newDecay;
        atBest = savedAtBest;
        if (RowInEpoch > 0) tally.Restore(name => snapshot.Number(TallyPrefix + name));
    }
}
