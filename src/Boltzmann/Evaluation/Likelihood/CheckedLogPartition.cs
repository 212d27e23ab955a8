using System.Globalization;

namespace Boltzmann.Evaluation;

/// <summary>
/// log Z for a number that is watched: exact where <see cref="Exact.Reaches"/>, else the forward estimate of annealed importance sampling
/// with a reverse one from rows of data as its check.
/// A forward estimate alone looks sure of itself where its chains never came near the data, and may be off by any amount; chains that start
/// at the data know what it missed.
/// </summary>
/// <remarks>
/// The check takes <see cref="ReverseChains"/> chains through the same inverse temperatures after <see cref="BurnIn"/> sweeps: about half
/// the time of a forward walk of 100 chains. The verdict is that of
/// <see cref="LogPartitionBracket"/>, as `evaluate` gives it.
/// </remarks>
sealed class CheckedLogPartition
{
    public const int ReverseChains = 50, BurnIn = 100;

    readonly LogPartitionBracket? bracket;
    readonly double exact;
    readonly string? complaint;

    CheckedLogPartition(double exact) => this.exact = exact;

    CheckedLogPartition(LogPartitionBracket bracket) => this.bracket = bracket;

    CheckedLogPartition(string complaint) => this.complaint = complaint;

    /// <summary>
    /// Finds log Z. What speaks against a number is told by <see cref="Judge"/> and not thrown: training goes on without it.
    /// </summary>
    /// <param name="model">The machine, its parameters finite.</param>
    /// <param name="rows">Of the training, [N × columns of a row]: the check starts at some of them, evenly spread.</param>
    /// <param name="settings">Of the forward walk.</param>
    /// <param name="rng">Source of randomness.</param>
    public static CheckedLogPartition Of(EnergyModel model, Matrix rows, Annealing settings, Rng rng)
    {
        try
        {
            return Exact.Reaches(model) ? new(Exact.LogPartition(model)) : Estimated(model, rows, settings, rng);
        }
        catch (BadInputException e)
        {
            return new(e.Message);
        }
    }

    /// <summary>The same by annealing, also for a machine that could be enumerated.</summary>
    /// <exception cref="BadInputException">The model has no distribution, or weights are not finite.</exception>
    internal static CheckedLogPartition Estimated(EnergyModel model, Matrix rows, Annealing settings, Rng rng)
    {
        LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(model, settings, rng);
        LogPartitionEstimate reverse = AnnealedImportanceSampling.EstimateReverse(model, settings, Spread(rows), BurnIn, rng);
        return new(new LogPartitionBracket(forward, reverse));
    }

    /// <summary>The mean over rows of a score that uses log Z, or no number with the reason.</summary>
    /// <param name="score">Called with log Z.</param>
    public MetricValue Judge(Func<double, Score> score)
    {
        if (complaint is not null) return new(double.NaN) { Verdict = BracketVerdict.NotToBeBelieved, Reason = complaint };
        if (bracket is null) return score(exact).Mean;
        bool isBelieved = bracket.Verdict != BracketVerdict.NotToBeBelieved;
        return new(isBelieved ? score(bracket.Forward.Value).Mean : double.NaN)
        {
            StandardError = bracket.Forward.StandardError,
            EffectiveSampleSize = bracket.Forward.EffectiveSampleSize,
            Verdict = bracket.Verdict,
            Reason = isBelieved ? null : string.Create(CultureInfo.InvariantCulture,
                $"annealed importance sampling is not to be believed: {bracket.Gap:G4} nats between forward and reverse estimates of log "
                + $"Z, effective sample size {Weight(bracket.Forward)} forward and {Weight(bracket.Reverse)} reverse chains"),
        };
    }

    static string Weight(LogPartitionEstimate estimate) =>
        string.Create(CultureInfo.InvariantCulture, $"{estimate.EffectiveSampleSize:F1} of {estimate.Chains}");

    static Matrix Spread(Matrix rows)
    {
        var chosen = rows.Like(ReverseChains, rows.Columns);
        for (int r = 0; r < ReverseChains; r++)
        {
            int from = rows.Rows < ReverseChains ? r % rows.Rows : (int)((long)r * rows.Rows / ReverseChains);
            chosen.RowRange(r, 1).SetCopy(rows.RowRange(from, 1));
        }
        return chosen;
    }
}
