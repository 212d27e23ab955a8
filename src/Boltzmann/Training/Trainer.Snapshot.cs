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
        ],
        new Dictionary<string, double>
        {
            ["epoch"] = Epoch,
            ["row"] = RowInEpoch,
            ["batch-rng"] = batchRng.Step,
            ["chain-rng"] = chainRng.Step,
            ["optimizer-time"] = Optimizer.Time,
            ["stopping-best"] = best,
            ["stopping-since-best"] = sinceBest,
        });

    /// <summary>Takes a snapshot's place. The model's parameters must have been loaded too; options may differ from those of the saved run.</summary>
    /// <exception cref="BadInputException">The snapshot lacks a number, or a matrix has another shape.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        Epoch = (int)Number(snapshot, "epoch");
        RowInEpoch = (int)Number(snapshot, "row");
        batchRng.Step = (ulong)Number(snapshot, "batch-rng");
        chainRng.Step = (ulong)Number(snapshot, "chain-rng");
        Optimizer.Time = (long)Number(snapshot, "optimizer-time");
        best = Number(snapshot, "stopping-best");
        sinceBest = (int)Number(snapshot, "stopping-since-best");

        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        for (int i = 0; i < Model.Parameters.Count; i++)
            if (saved.Keys.Any(name => name.StartsWith(OptimizerPrefix) && name.EndsWith($".{i}"))) Optimizer.Prepare(i, Model.Parameters[i].Value);
        Estimator.Prepare(Model, saved.Where(m => m.Key.StartsWith(EstimatorPrefix)).ToDictionary(m => m.Key[EstimatorPrefix.Length..], m => m.Value.Rows));
        if (saved.Keys.Any(name => name.StartsWith(PenaltyPrefix + Centering.Prefix))) centering?.Prepare();
        foreach (var (name, value) in Snapshot().Matrices)
        {
            if (!saved.TryGetValue(name, out Matrix? source)) continue;
            if (source.Rows != value.Rows || source.Columns != value.Columns)
                throw new BadInputException($"the checkpoint's {name} is {source.Shape}, but this run needs {value.Shape}");
            value.SetCopy(source);
        }
    }

    IEnumerable<(string Name, Matrix Value)> PenaltyMemory => [.. centering?.Memory ?? [], .. sparsity?.Memory ?? []];

    static double Number(TrainerSnapshot snapshot, string name) =>
        snapshot.Numbers.TryGetValue(name, out double value) ? value : throw new BadInputException($"the checkpoint lacks '{name}'");
}
