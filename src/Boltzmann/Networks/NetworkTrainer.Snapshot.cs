namespace Boltzmann;

/// <content>Saving and resuming between any two updates.</content>
public sealed partial class NetworkTrainer
{
    const string OptimizerPrefix = "optimizer.", BestPrefix = "best.";

    /// <summary>What has to be saved with the network.</summary>
    public TrainerSnapshot Snapshot() => new(
        [
            .. Optimizer.Memory.Select(m => (OptimizerPrefix + m.Name, m.Value)),
            .. (bestNetwork?.Parameters ?? []).Select(p => (BestPrefix + p.Name, p.Value)),
        ],
        new Dictionary<string, double>
        {
            ["epoch"] = Epoch,
            ["row"] = RowInEpoch,
            ["dropout-rng"] = dropoutRng.Step,
            ["optimizer-time"] = Optimizer.Time,
            ["stopping-best"] = best,
            ["stopping-since-best"] = sinceBest,
            ["plateau-best"] = plateauBest,
            ["plateau-since-best"] = sincePlateau,
            ["plateau-decay"] = decay,
        });

    /// <summary>Takes a snapshot's place. The network's parameters must have been loaded too.</summary>
    /// <exception cref="BadInputException">The snapshot lacks a number or has an impossible one, or a matrix has another shape or is not finite.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        foreach (var (name, value) in snapshot.Matrices)
            if (value.Summarize().NonFinite is > 0 and long bad) throw new BadInputException($"the checkpoint's {name} {value.Shape} has {bad} values that are not finite");
        long epoch = snapshot.Count("epoch", int.MaxValue), row = snapshot.Count("row", int.MaxValue), step = snapshot.Count("dropout-rng"), time = snapshot.Count("optimizer-time");
        long waited = snapshot.Count("stopping-since-best", int.MaxValue), plateauWaited = snapshot.Count("plateau-since-best", int.MaxValue);
        double newDecay = snapshot.Number("plateau-decay");
        if (!(newDecay is > 0 and <= 1)) throw new BadInputException($"the checkpoint's 'plateau-decay' is {newDecay:R}; expected above 0, at most 1");

        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        Parameter[] learned = [.. Network.Parameters.Where(p => !p.IsFixed)];
        for (int i = 0; i < learned.Length; i++)
            if (saved.Keys.Any(name => name.StartsWith(OptimizerPrefix, StringComparison.Ordinal) && name.EndsWith($".{i}", StringComparison.Ordinal))) Optimizer.Prepare(i, learned[i].Value);
        if (saved.Keys.Any(name => name.StartsWith(BestPrefix, StringComparison.Ordinal))) bestNetwork ??= Network.Clone();
        foreach (var (name, value) in Snapshot().Matrices)
        {
            if (!saved.TryGetValue(name, out Matrix? source)) continue;
            if (source.Rows != value.Rows || source.Columns != value.Columns) throw new BadInputException($"the checkpoint's {name} is {source.Shape}, but this run needs {value.Shape}");
            value.SetCopy(source);
        }
        Epoch = (int)epoch;
        RowInEpoch = (int)row;
        dropoutRng.Step = (ulong)step;
        Optimizer.Time = Optimizer.Memory.Any(m => saved.ContainsKey(OptimizerPrefix + m.Name)) ? time : 0;
        best = snapshot.Number("stopping-best");
        sinceBest = (int)waited;
        plateauBest = snapshot.Number("plateau-best");
        sincePlateau = (int)plateauWaited;
        decay = newDecay;
    }
}
