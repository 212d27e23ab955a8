using System.Globalization;

namespace Boltzmann.Evaluation;

/// <summary>How well chains mixed.</summary>
/// <param name="Chains">Number of chains.</param>
/// <param name="Sweeps">Sweeps that were followed.</param>
/// <param name="Statistics">The numbers that were followed.</param>
/// <param name="SwapRates">Share of accepted swaps between neighbouring temperatures; empty without tempering.</param>
/// <param name="RoundTrips">Journeys of states from the coldest temperature to the hottest and back; 0 without tempering.</param>
public sealed record ChainReport(int Chains, int Sweeps, IReadOnlyList<ChainStatistic> Statistics, IReadOnlyList<double> SwapRates,
    long RoundTrips)
{
    const double MostRHat = 1.01, FewestEffective = 100, FewestSwaps = 0.1;

    // Means of two groups differ by more than five standard errors in one of two million pairs; a report compares about fifty.
    const double MostErrors = 5;

    /// <summary>Chains by where they started, each with its own numbers; empty if they were not told apart.</summary>
    public IReadOnlyList<ChainGroup> Groups { get; init; } = [];

    /// <summary>The chains at temperature 1 of a tempered ladder that was followed beside these chains; null if there was none.</summary>
    public ChainGroup? Ladder { get; init; }

    /// <summary>Journeys of states through that ladder and back.</summary>
    public long LadderRoundTrips { get; init; }

    /// <summary>Moments of what the chains drew; empty unless they were asked for.</summary>
    public IReadOnlyList<ChainMoment> Moments { get; init; } = [];

    /// <summary>
    /// The longest autocorrelation time, in sweeps: about how far apart samples have to be, if the chains <see cref="HaveMixed"/>.
    /// </summary>
    public double SlowestTime => Statistics.Select(s => s.Time.Value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    /// <summary>
    /// Whether nothing that was followed says otherwise: every number changed, was followed for long enough to know its autocorrelation
    /// time, and has R̂ of at most 1.01 over chains and over groups; no two
    /// groups have different means, and neither has the tempered ladder.
    /// </summary>
    public bool HaveMixed => Unchanged.Count == 0 && Disagreements.Count == 0 && Statistics.All(s => s.RHat <= MostRHat && s.Time.IsClosed);

    /// <summary>The numbers that never changed, which say nothing about mixing.</summary>
    public IReadOnlyList<string> Unchanged => [.. Statistics.Where(s => !s.DidChange).Select(s => s.Name)];

    /// <summary>What groups, or the tempered ladder, tell differently; a line for each number.</summary>
    public IReadOnlyList<string> Disagreements => [.. Enumerable.Range(0, Statistics.Count).Select(Disagreement).OfType<string>()];

    /// <summary>
    /// R̂ over groups: √(1 − 1/n + variance of the groups' means / mean variance within groups), n the values of a group; NaN without
    /// groups or for a constant.
    /// </summary>
    /// <param name="statistic">Index into <see cref="Statistics"/>.</param>
    public double GroupRHat(int statistic)
    {
        if (Groups.Count < 2 || !Statistics[statistic].DidChange) return double.NaN;
        double[] means = [.. Groups.Select(g => g.Statistics[statistic].Mean)];
        double overall = means.Average(), between = means.Sum(m => (m - overall) * (m - overall)) / (means.Length - 1);
        double within = Groups.Average(g => g.Statistics[statistic].StandardDeviation * g.Statistics[statistic].StandardDeviation);
        double values = (double)Chains * Sweeps / Groups.Count;
        return within > 0 ? Math.Sqrt(1 - 1 / values + between / within) : double.PositiveInfinity;
    }

    /// <summary>What speaks against taking the samples for independent draws from the model; one line each.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            var warnings = new List<string>();
            foreach (ChainStatistic s in Statistics)
            {
                if (!s.DidChange)
                {
                    warnings.Add($"{s.Name} never changed, so it shows nothing about mixing");
                    continue;
                }
                if (s.RHat > MostRHat)
                    warnings.Add(string.Create(CultureInfo.InvariantCulture,
                        $"{s.Name}: R-hat is {RHatOf(s.RHat)}, above {MostRHat:F2}: the chains have not mixed"));
                if (!s.Time.IsClosed) warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{s.Name}: {Sweeps} sweeps are too few to measure its autocorrelation time, which is longer than "
                    + $"{s.Time.Value:F0} sweeps; follow the chains for longer (--sweeps)"));
                else if (s.EffectiveSampleSize < FewestEffective) warnings
                    .Add(string.Create(CultureInfo.InvariantCulture, $"{s.Name}: the effective sample size is "
                    + $"{s.EffectiveSampleSize:F0}, below {FewestEffective:F0}"));
            }
            warnings.AddRange(Disagreements);
            for (int t = 0; t < SwapRates.Count; t++)
                if (SwapRates[t] < FewestSwaps) warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"only {SwapRates[t]:P1} of the swaps between temperatures {t} and "
                    + $"{t + 1} were accepted: put more temperatures there"));
            if (SwapRates.Count > 0 && RoundTrips == 0) warnings.Add("no state went from the coldest temperature to the hottest and back");
            if (Ladder is not null && LadderRoundTrips == 0)
                warnings.Add("in the tempered ladder beside the chains no state went to the hottest temperature and back, so it cannot "
                    + "tell of modes that they miss; follow tempered chains themselves, with more temperatures");
            return warnings;
        }
    }

    /// <summary>A line for each number that was followed.</summary>
    public TextTable ToTable()
    {
        var table = new TextTable("", "mean", "standard deviation", "autocorrelation time [sweeps]", "effective samples", "R-hat");
        foreach (ChainStatistic s in Statistics)
            if (s.DidChange)
                table.Add(s.Name, MeanOf(s), string.Create(CultureInfo.InvariantCulture, $"{s.StandardDeviation:G4}"),
                    TimeOf(s.Time),
                        string.Create(CultureInfo.InvariantCulture, $"{s.EffectiveSampleSize:F0}"), RHatOf(s.RHat));
            else table.Add(s.Name, MeanOf(s), "0", "did not change", "", "");
        return table;
    }

    static string TimeOf(AutocorrelationTime time) => time.IsClosed
        ? string.Create(CultureInfo.InvariantCulture, $"{time.Value:F1} ± {time.StandardError:F1}")
        : string.Create(CultureInfo.InvariantCulture, $"> {time.Value:F0}");

    /// <summary>
    /// A line for each number with its mean by each group and by the tempered ladder; null if chains were not told apart.
    /// </summary>
    public TextTable? ToGroupTable()
    {
        if (Groups.Count == 0) return null;
        ChainGroup[] all = [.. Groups, .. Ladder is null ? (ChainGroup[])[] : [Ladder]];
        var table = new TextTable(["mean by start", .. all.Select(g => string.Create(CultureInfo.InvariantCulture,
            $"{g.Name} ({g.Chains})")), "R-hat of groups"]);
        for (int i = 0; i < Statistics.Count; i++)
            table.Add([Statistics[i].Name, .. all.Select(g => MeanOf(g.Statistics[i])), double.IsNaN(GroupRHat(i)) ? ""
                : RHatOf(GroupRHat(i))]);
        return table;
    }

    string? Disagreement(int i)
    {
        if (!Statistics[i].DidChange && (Ladder is null || (!Ladder.Statistics[i].DidChange
            && Ladder.Statistics[i].Mean == Statistics[i].Mean))) return null;
        string name = Statistics[i].Name;
        (ChainGroup One, ChainGroup Other, double Errors)? worst = null;
        for (int a = 0; a < Groups.Count; a++)
            for (int b = a + 1; b <= Groups.Count; b++)
                if ((b < Groups.Count ? Groups[b] : Ladder) is ChainGroup other
                    && ErrorsBetween(Groups[a].Statistics[i], other.Statistics[i]) is var errors
                    && !(errors <= (worst?.Errors ?? MostErrors)))
                    worst = (Groups[a], other, errors);
        if (worst is var (one, another, _))
            return $"{name} is {MeanOf(one.Statistics[i])} in {From(one)}, but {MeanOf(another.Statistics[i])} in {From(another)}: the "
                + "chains have not mixed";
        ChainGroup? stuck = Groups.FirstOrDefault(g => !g.Statistics[i].DidChange);
        if (stuck is not null && Statistics[i].DidChange)
            return $"{name} did not change in {From(stuck)}, but did in others: the chains have not mixed";
        double rHat = GroupRHat(i);
        return rHat > MostRHat
            ? string.Create(CultureInfo.InvariantCulture,
            $"{name}: R-hat of the groups is {RHatOf(rHat)}, above {MostRHat:F2}: chains from different starts have not mixed")
            : null;
    }

    string From(ChainGroup group) => ReferenceEquals(group, Ladder) ? "the tempered ladder" : $"chains that started {group.Name switch
    {
        ChainStarts.Noise => "at noise",
        ChainStarts.Data => "at data",
        ChainStarts.Low => "with all units low",
        ChainStarts.High => "with all units high",
        ChainStarts.HiddenLow => "with all hidden units low",
        ChainStarts.HiddenHigh => "with all hidden units high",
        ChainStarts.Uniform => "with units drawn uniformly",
        ChainStarts.Tempered => "at tempered states",
        string own => $"at {own}",
    }}";

    // How many standard errors the means lie apart; infinite where both are constants that differ.
    static double ErrorsBetween(ChainStatistic one, ChainStatistic other)
    {
        double difference = Math.Abs(one.Mean - other.Mean);
        return difference == 0 ? 0 : difference / Math.Sqrt(Square(one) + Square(other));

        static double Square(ChainStatistic s) => s.DidChange ? s.StandardError * s.StandardError : 0;
    }

    static string MeanOf(ChainStatistic s) => s.DidChange ? string.Create(CultureInfo.InvariantCulture,
        $"{s.Mean:G5} ± {s.StandardError:G2}")
        : string.Create(CultureInfo.InvariantCulture, $"{s.Mean:G5}, did not change");

    static string RHatOf(double value) => double.IsPositiveInfinity(value) ? "∞"
        : string.Create(CultureInfo.InvariantCulture, $"{value:F3}");
}
