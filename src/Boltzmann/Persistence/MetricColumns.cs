namespace Boltzmann.Persistence;

/// <summary>
/// The names of the columns of metrics.csv: plain words, the unit of each in settings.json (<see cref="RunSettings.Units"/>). A metric's
/// column has the metric's name; beside an estimate stand its error and how many chains carry it.
/// </summary>
public static class MetricColumns
{
    /// <summary>The number of the epoch, from 1; and of the machine of a deep network, from 1.</summary>
    public const string Epoch = "epoch", Layer = "layer";

    /// <summary>How long an epoch took, and how many training rows it presented in a second.</summary>
    public const string Seconds = "seconds", RowsPerSecond = "rows-per-second";

    const string ErrorEnding = "-standard-error", SamplesEnding = "-effective-sample-size";

    /// <summary>The column of a metric's standard error, in the unit of the metric.</summary>
    public static string ErrorOf(string metric) => metric + ErrorEnding;

    /// <summary>The column of how many chains of equal weight would do as well as those of the estimate.</summary>
    public static string SamplesOf(string metric) => metric + SamplesEnding;

    /// <summary>
    /// Names as they are now of the columns of any version: until 0.2 they had their unit behind them in brackets, and in 0.1.0 some of
    /// them the way of their estimate, too.
    /// </summary>
    internal static IEnumerable<string> Plain(IReadOnlyList<string> names)
    {
        const string OldError = "-error", OldSamples = "-effective-samples";
        HashSet<string> estimates = [.. names.Select(WithoutUnit).Where(name => name.EndsWith(OldSamples, StringComparison.Ordinal))
            .Select(name => name[..^OldSamples.Length])];
        foreach (string name in names)
        {
            string plain = WithoutUnit(name);
            if (plain.Length == name.Length) yield return name;
            else if (plain == "time") yield return Seconds;
            else if (plain == "speed") yield return RowsPerSecond;
            else if (plain.EndsWith(OldSamples, StringComparison.Ordinal)) yield return SamplesOf(plain[..^OldSamples.Length]);
            else if (plain.EndsWith(OldError, StringComparison.Ordinal) && estimates.Contains(plain[..^OldError.Length]))
                yield return ErrorOf(plain[..^OldError.Length]);
            else yield return plain;
        }
    }

    // "log-likelihood [nats (AIS)]": a name without blanks, a blank, and the unit.
    static string WithoutUnit(string name)
    {
        int blank = name.IndexOf(" [", StringComparison.Ordinal);
        return blank > 0 && name.EndsWith(']') ? name[..blank] : name;
    }
}
