using System.Globalization;

namespace Boltzmann;

/// <summary>How well chains mixed.</summary>
/// <param name="Chains">Number of chains.</param>
/// <param name="Sweeps">Sweeps that were followed.</param>
/// <param name="Statistics">The numbers that were followed.</param>
/// <param name="SwapRates">Share of accepted swaps between neighbouring temperatures; empty without tempering.</param>
/// <param name="RoundTrips">Journeys of states from the coldest temperature to the hottest and back; 0 without tempering.</param>
public sealed record ChainReport(int Chains, int Sweeps, IReadOnlyList<ChainStatistic> Statistics, IReadOnlyList<double> SwapRates, long RoundTrips)
{
    const double MostRHat = 1.01, FewestEffective = 100, FewestSwaps = 0.1;

    /// <summary>The longest autocorrelation time, in sweeps: about how far apart samples have to be.</summary>
    public double SlowestTime => Statistics.Select(s => s.Time.Value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    /// <summary>What speaks against taking the samples for independent draws from the model; one line each.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            var warnings = new List<string>();
            foreach (ChainStatistic s in Statistics)
            {
                if (double.IsNaN(s.Time.Value))
                {
                    warnings.Add($"{s.Name} never changed: nothing can be said about mixing by it");
                    continue;
                }
                if (s.RHat > MostRHat) warnings.Add(Invariant($"{s.Name}: R-hat is {s.RHat:F3}, above {MostRHat:F2}: the chains have not mixed"));
                if (!s.Time.IsClosed) warnings.Add(Invariant($"{s.Name}: {Sweeps} sweeps are too few to know the autocorrelation time, which is above {s.Time.Value:F0}"));
                else if (s.EffectiveSampleSize < FewestEffective) warnings.Add(Invariant($"{s.Name}: the effective sample size is {s.EffectiveSampleSize:F0}, below {FewestEffective:F0}"));
            }
            for (int t = 0; t < SwapRates.Count; t++)
                if (SwapRates[t] < FewestSwaps) warnings.Add(Invariant($"only {SwapRates[t]:P1} of the swaps between temperatures {t} and {t + 1} were accepted: put more temperatures there"));
            if (SwapRates.Count > 0 && RoundTrips == 0) warnings.Add("no state went from the coldest temperature to the hottest and back");
            return warnings;
        }
    }

    /// <summary>A line for each number that was followed.</summary>
    public TextTable ToTable()
    {
        var table = new TextTable("", "mean", "standard deviation", "autocorrelation time [sweeps]", "effective samples", "R-hat");
        foreach (ChainStatistic s in Statistics)
            table.Add(s.Name, Invariant($"{s.Mean:G5} ± {s.StandardError:G2}"), Invariant($"{s.StandardDeviation:G4}"),
                Invariant($"{(s.Time.IsClosed ? "" : ">")}{s.Time.Value:F1} ± {s.Time.StandardError:F1}"), Invariant($"{s.EffectiveSampleSize:F0}"), Invariant($"{s.RHat:F3}"));
        return table;
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
