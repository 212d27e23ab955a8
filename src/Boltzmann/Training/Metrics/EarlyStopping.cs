namespace Boltzmann.Training;

/// <summary>Stops training when a metric has not improved for a number of its measurements.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Patience">Measurements without improvement after which to stop.</param>
/// <param name="MinimumDelta">An improvement is more than this.</param>
public sealed record EarlyStopping(string Metric, int Patience = 5, double MinimumDelta = 0)
{
    /// <exception cref="BadInputException">A number is out of range; the message names it.</exception>
    internal void Validate()
    {
        if (Patience < 1) throw new BadInputException($"the patience of early stopping must be at least 1, not {Patience}");
        if (!(MinimumDelta >= 0 && double.IsFinite(MinimumDelta)))
            throw new BadInputException($"the least improvement of early stopping must be finite and at least 0, not {MinimumDelta:R}");
    }
}
