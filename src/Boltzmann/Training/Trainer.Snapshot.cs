namespace Boltzmann;

/// <content>Saving and resuming between any two updates.</content>
public sealed partial class Trainer
{
    const string OptimizerPrefix = "optimizer.", EstimatorPrefix = "estimator.", PenaltyPrefix = "penalty.";

    /// <summary>What has to be saved with the model.</summary>
    public TrainerSnapshot Snapshot() => new(
        [
            .. Optimizer.Memory.Select(m => (OptimizerPrefix + m.Name, m.Value)),
            .. Estimator.Memory.Select(m => (EstimatorPrefix + m.Name, m.Value)),
            .. PenaltyMemory.Select(m => (PenaltyPrefix + m.Name, m.Value)),
            .. follower?.Memory ?? [],
        ],
        new Dictionary<string, double>(follower?.Numbers ?? [])
        {
            ["epoch"] = Epoch,
            ["row"] = RowInEpoch,
            ["batch-rng"] = batchRng.Step,
            ["chain-rng"] = chainRng.Step,
            ["optimizer-time"] = Optimizer.Time,
            ["stopping-best"] = best,
            ["stopping-best-tie"] = bestTie,
            ["stopping-since-best"] = sinceBest,
        });

    /// <summary>
    /// Takes a snapshot's place. The model's parameters must have been loaded too. Options, estimator and optimiser may differ from those of the
    /// saved run: what the snapshot has of theirs is used, the rest starts afresh.
    /// </summary>
    /// <exception cref="BadInputException">The snapshot lacks a number or has an impossible one, or a matrix has another shape or is not finite.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        long epoch = snapshot.Count("epoch", int.MaxValue), row = snapshot.Count("row", int.MaxValue), time = snapshot.Count("optimizer-time");
        long batchStep = snapshot.Count("batch-rng"), chainStep = snapshot.Count("chain-rng"), waited = snapshot.Count("stopping-since-best", int.MaxValue);
        double bestSoFar = snapshot.Number("stopping-best");
        foreach (var (name, value) in snapshot.Matrices)
            if (value.Summarize().NonFinite is > 0 and long bad) throw new BadInputException($"the checkpoint's {name} {value.Shape} has {bad} values that are not finite");

        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        for (int i = 0; i < Model.Parameters.Count; i++)
            if (saved.Keys.Any(name => name.StartsWith(OptimizerPrefix) && name.EndsWith($".{i}"))) Optimizer.Prepare(i, Model.Parameters[i].Value);
        PrepareEstimator(saved);
        if (saved.Keys.Any(name => name.StartsWith(PenaltyPrefix + Centering.Prefix))) centering?.Prepare();
        foreach (var (name, value) in Snapshot().Matrices)
        {
            if (!saved.TryGetValue(name, out Matrix? source) || name.StartsWith(LogPartitionFollower.Prefix, StringComparison.Ordinal)) continue;
            RequireFit(name, source, value, source.Rows == value.Rows);
            value.SetCopy(source);
        }

        follower?.Restore(snapshot);
        Epoch = (int)epoch;
        RowInEpoch = (int)row;
        batchRng.Step = (ulong)batchStep;
        chainRng.Step = (ulong)chainStep;
        // The time of another optimiser is not that of moments which begin at 0.
        Optimizer.Time = Optimizer.Memory.Any(m => saved.ContainsKey(OptimizerPrefix + m.Name)) ? time : 0;
        best = bestSoFar;
        // Checkpoints of 0.1.0 have none.
        bestTie = snapshot.Numbers.TryGetValue("stopping-best-tie", out double tie) ? tie : double.NaN;
        sinceBest = (int)waited;
    }

    // First as if one row of each had been saved: then a matrix of the wrong width is refused before its rows, which a file may lie about,
    // decide how much memory the others get.
    void PrepareEstimator(Dictionary<string, Matrix> saved)
    {
        var rows = saved.Where(m => m.Key.StartsWith(EstimatorPrefix)).ToDictionary(m => m.Key[EstimatorPrefix.Length..], m => m.Value.Rows);
        Estimator.Prepare(Model, rows.ToDictionary(r => r.Key, _ => 1));
        foreach (var (name, value) in Estimator.Memory)
            if (saved.TryGetValue(EstimatorPrefix + name, out Matrix? source)) RequireFit(EstimatorPrefix + name, source, value, source.Rows > 0);
        Estimator.Prepare(Model, rows);
    }

    static void RequireFit(string name, Matrix source, Matrix needed, bool rowsFit)
    {
        if (!rowsFit || source.Columns != needed.Columns) throw new BadInputException($"the checkpoint's {name} is {source.Shape}, but this run needs {needed.Shape}");
    }

    IEnumerable<(string Name, Matrix Value)> PenaltyMemory => [.. centering?.Memory ?? [], .. sparsity.SelectMany(s => s.Memory)];
}
