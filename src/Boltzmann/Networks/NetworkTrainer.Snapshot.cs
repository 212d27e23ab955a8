namespace Boltzmann;

/// <content>Saving and resuming between any two updates.</content>
public sealed partial class NetworkTrainer
{
    const string OptimizerPrefix = "optimizer.", BestPrefix = "best.", TallyPrefix = "epoch-so-far.";

    /// <summary>What has to be saved with the network.</summary>
    public TrainerSnapshot Snapshot()
    {
        var numbers = new Dictionary<string, double>
        {
            ["epoch"] = Epoch,
            ["row"] = RowInEpoch,
            ["dropout-rng"] = dropoutRng.Step,
            ["optimizer-time"] = Optimizer.Time,
            ["at-best"] = atBest ? 1 : 0,
            ["plateau-decay"] = decay,
        };
        // The best so far is one of a metric: a run that goes on with another begins to look anew.
        if (options.EarlyStopping is EarlyStopping stop)
        {
            numbers[$"stopping-best.{stop.Metric}"] = best;
            (numbers["stopping-best-tie"], numbers["stopping-since-best"]) = (bestTie, sinceBest);
        }
        if (options.Plateau is Plateau plateau) (numbers[$"plateau-best.{plateau.Metric}"], numbers["plateau-since-best"]) = (plateauBest, sincePlateau);
        if (RowInEpoch > 0)
            foreach (var (name, value) in tally.Numbers) numbers[TallyPrefix + name] = value;
        return new([.. Optimizer.Memory.Select(m => (OptimizerPrefix + m.Name, m.Value)), .. (bestNetwork?.Parameters ?? []).Select(p => (BestPrefix + p.Name, p.Value))], numbers);
    }

    /// <summary>Takes a snapshot's place. The network's parameters must have been loaded too.</summary>
    /// <exception cref="BadInputException">The snapshot lacks a number or has an impossible one, or a matrix has another shape or is not finite.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        foreach (var (name, value) in snapshot.Matrices)
            if (value.Summarize().NonFinite is > 0 and long bad) throw new BadInputException($"the checkpoint's {name} {value.Shape} has {bad} values that are not finite");
        long epoch = snapshot.Count("epoch", int.MaxValue), row = snapshot.Count("row", int.MaxValue), step = snapshot.Count("dropout-rng"), time = snapshot.Count("optimizer-time");
        bool stops = options.EarlyStopping is EarlyStopping stop && snapshot.Numbers.ContainsKey($"stopping-best.{stop.Metric}");
        bool decays = options.Plateau is Plateau plateau && snapshot.Numbers.ContainsKey($"plateau-best.{plateau.Metric}");
        long waited = stops ? snapshot.Count("stopping-since-best", int.MaxValue) : 0, plateauWaited = decays ? snapshot.Count("plateau-since-best", int.MaxValue) : 0;
        bool savedAtBest = snapshot.Count("at-best", 1) == 1;
        double newDecay = snapshot.Number("plateau-decay");
        if (!(newDecay is > 0 and <= 1)) throw new BadInputException($"the checkpoint's 'plateau-decay' is {newDecay:R}; expected above 0, at most 1");

        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        Parameter[] learned = [.. Network.Parameters.Where(p => !p.IsFixed)];
        for (int i = 0; i < learned.Length; i++)
            if (saved.Keys.Any(name => name.StartsWith(OptimizerPrefix, StringComparison.Ordinal) && name.EndsWith($".{i}", StringComparison.Ordinal))) Optimizer.Prepare(i, learned[i].Value);
        bestNetwork = savedAtBest || (stops && saved.Keys.Any(name => name.StartsWith(BestPrefix, StringComparison.Ordinal))) ? Network.Clone() : null;
        foreach (var (name, value) in Snapshot().Matrices)
        {
            if (!saved.TryGetValue(name, out Matrix? source))
            {
                if (name.StartsWith(BestPrefix, StringComparison.Ordinal)) throw new BadInputException($"the checkpoint lacks '{name}'");
                continue;
            }
            if (source.Rows != value.Rows || source.Columns != value.Columns) throw new BadInputException($"the checkpoint's {name} is {source.Shape}, but this run needs {value.Shape}");
            value.SetCopy(source);
        }
        Epoch = (int)epoch;
        RowInEpoch = (int)row;
        dropoutRng.Step = (ulong)step;
        Optimizer.Time = Optimizer.Memory.Any(m => saved.ContainsKey(OptimizerPrefix + m.Name)) ? time : 0;
        best = stops ? snapshot.Number($"stopping-best.{options.EarlyStopping!.Metric}") : double.NaN;
        // Checkpoints of 0.1.0 have none: it is measured of the best network as soon as there are rows to measure by.
        bestTie = stops && snapshot.Numbers.TryGetValue("stopping-best-tie", out double tie) ? tie : double.NaN;
        sinceBest = (int)waited;
        plateauBest = decays ? snapshot.Number($"plateau-best.{options.Plateau!.Metric}") : double.NaN;
        sincePlateau = (int)plateauWaited;
        decay = newDecay;
        atBest = savedAtBest;
        if (RowInEpoch > 0) tally.Restore(name => snapshot.Number(TallyPrefix + name));
    }
}
