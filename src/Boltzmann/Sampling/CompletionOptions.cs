namespace Boltzmann.Sampling;

/// <summary>How long chains run for <see cref="Completion"/> and <see cref="Denoising"/>.</summary>
public sealed record CompletionOptions
{
    /// <summary>
    /// Sweeps before the average begins, 0 or more; the temperature falls over them from <see cref="StartTemperature"/> to 1, so that
    /// chains choose among modes before they settle.
    /// </summary>
    public int BurnIn
    {
        get;
        init => field = value >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(BurnIn), $"the burn-in must be at least 0 sweeps, not {value}");
    } = 50;

    /// <summary>T of the first sweep, at least 1.</summary>
    public double StartTemperature
    {
        get;
        init => field = value >= 1 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(StartTemperature),
            $"the first temperature must be finite and at least 1, not {value}");
    } = 3;

    /// <summary>
    /// Sweeps at temperature 1, at least 1: their conditional means are averaged, or the last one is the sample. By default two of every
    /// three sweeps.
    /// </summary>
    public int Sweeps
    {
        get;
        init => field = value > 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(Sweeps), $"an average needs at least one sweep, not {value}");
    } = 100;
}
