namespace Boltzmann.Training;

/// <summary>Where an <see cref="EpochLoop"/> is.</summary>
/// <param name="Epoch">Epochs completed.</param>
/// <param name="RowInEpoch">Rows seen in the epoch after those.</param>
/// <param name="Best">The best value so far of the metric that early stopping watches; NaN before the first.</param>
/// <param name="Tie">What settles ties, at that value; NaN for nothing.</param>
/// <param name="SinceBest">Its measurements since then.</param>
readonly record struct EpochPosition(int Epoch, int RowInEpoch, double Best, double Tie, int SinceBest);
