namespace Boltzmann;

/// <content>Saving and resuming between any two updates.</content>
public sealed partial class Trainer
{
    const string EstimatorPrefix = "estimator.", BatchRngKey = "batch-rng", ChainRngKey = "chain-rng";

    /// <summary>What has to be saved with the model.</summary>
    public TrainerSnapshot Snapshot()
    {
        var numbers = new Dictionary<string, double>(follower?.Numbers ?? [])
        {
            [BatchRngKey] = batchRng.Step,
            [ChainRngKey] = chainRng.Step,
        };
        loop.Save(numbers);
        TrainerSnapshot.Save(Optimizer, numbers);
        return new(
            [
                .. TrainerSnapshot.Of(Optimizer),
                .. Estimator.Memory.Select(m => (EstimatorPrefix + m.Name, m.Value)),
                .. TrainerSnapshot.Of(transforms),
                .. follower?.Memory ?? [],
            ],
            numbers);
    }

    /// <summary>
    /// Takes a snapshot's place. The model's parameters must have been loaded too. Options, estimator and optimiser may differ from those
    /// of the saved run: what the snapshot has of theirs is used, the rest starts afresh.
    /// </summary>
    /// <exception cref="BadInputException">The snapshot lacks a number or has an impossible one, or a matrix has another shape or is not
    /// finite.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        EpochPosition position = loop.Read(snapshot);
        long batchStep = snapshot.Count(BatchRngKey), chainStep = snapshot.Count(ChainRngKey);
        _ = snapshot.OptimizerTime;
        snapshot.RequireFinite();

        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        snapshot.Prepare(Optimizer, Model.Parameters);
        PrepareEstimator(snapshot.RowsOf(EstimatorPrefix), saved);
        snapshot.Prepare(transforms);
        foreach (var (name, value) in Snapshot().Matrices)
        {
            if (!saved.TryGetValue(name, out Matrix? source) || name.StartsWith(LogPartitionFollower.Prefix, StringComparison.Ordinal))
                continue;
            TrainerSnapshot.RequireFit(name, source, value, source.Rows == value.Rows);
            value.SetCopy(source);
        }

        follower?.Restore(snapshot);
        loop.Restore(position);
        batchRng.Step = (ulong)batchStep;
        chainRng.Step = (ulong)chainStep;
        snapshot.SetTime(Optimizer);
    }

    // First as if one row of each had been saved: then a matrix of the wrong width is refused before its rows, which a file may lie about,
    // decide how much memory the others get.
    void PrepareEstimator(Dictionary<string, int> rows, Dictionary<string, Matrix> saved)
    {
        Estimator.Prepare(Model, rows.ToDictionary(r => r.Key, _ => 1));
        foreach (var (name, value) in Estimator.Memory)
            if (saved.TryGetValue(EstimatorPrefix + name, out Matrix? source))
                TrainerSnapshot.RequireFit(EstimatorPrefix + name, source, value, source.Rows > 0);
        Estimator.Prepare(Model, rows);
    }
}
