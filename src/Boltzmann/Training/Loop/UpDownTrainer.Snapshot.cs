namespace Boltzmann.Training;

/// <content>Saving and resuming between any two updates.</content>
public sealed partial class UpDownTrainer
{
    const string BatchRngKey = "batch-rng", ChainRngKey = "chain-rng";

    /// <summary>What has to be saved with the network, which is untied.</summary>
    public TrainerSnapshot Snapshot()
    {
        var numbers = new Dictionary<string, double> { [BatchRngKey] = batchRng.Step, [ChainRngKey] = chainRng.Step };
        loop.Save(numbers);
        TrainerSnapshot.Save(optimizer, numbers);
        return new([.. TrainerSnapshot.Of(optimizer), .. TrainerSnapshot.Of(penalties)], numbers);
    }

    /// <summary>Takes a snapshot's place. The network's parameters, those of its ways up included, must have been loaded too.</summary>
    /// <exception cref="BadInputException">The snapshot lacks a number or has an impossible one, or a matrix has another shape or is not
    /// finite.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        snapshot.RequireFinite();
        EpochPosition position = loop.Read(snapshot);
        long batchStep = snapshot.Count(BatchRngKey), chainStep = snapshot.Count(ChainRngKey);
        _ = snapshot.OptimizerTime;
        snapshot.Prepare(optimizer, Model.Parameters);
        snapshot.Prepare(penalties);
        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        foreach (var (name, value) in Snapshot().Matrices)
        {
            if (!saved.TryGetValue(name, out Matrix? source)) continue;
            TrainerSnapshot.RequireFit(name, source, value, source.Rows == value.Rows);
            value.SetCopy(source);
        }
        loop.Restore(position);
        (batchRng.Step, chainRng.Step) = ((ulong)batchStep, (ulong)chainStep);
        snapshot.SetTime(optimizer);
    }
}
