namespace Boltzmann.Training;

/// <summary>
/// What several metrics of one measurement need, found once: log Z by the path of its annealing, and what a machine with labels says of
/// rows.
/// </summary>
sealed class SharedMeasures
{
    readonly Dictionary<int, CheckedLogPartition> partitions = [];
    readonly Dictionary<Matrix, Matrix> predictions = new(ReferenceEqualityComparer.Instance);

    public CheckedLogPartition LogPartition(int betas, Func<CheckedLogPartition> find) =>
        partitions.TryGetValue(betas, out CheckedLogPartition? known) ? known : partitions[betas] = find();

    public Matrix Prediction(Matrix rows, Func<Matrix> find) =>
        predictions.TryGetValue(rows, out Matrix? known) ? known : predictions[rows] = find();
}
