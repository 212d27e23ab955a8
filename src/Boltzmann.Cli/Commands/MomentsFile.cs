using System.Globalization;

namespace Boltzmann.Cli.Commands;

/// <summary>Moments of chains as a CSV file and, those of the whole state, as a table.</summary>
static class MomentsFile
{
    /// <summary>Writes all of them: name, columns of a row from 0, mean, its error, autocorrelation time and effective samples.</summary>
    public static void Write(string path, IReadOnlyList<ChainMoment> moments)
    {
        using var text = new StringWriter { NewLine = "\n" };
        RowsFile.WriteFields(text, ["moment", "column", "other_column", "mean", "standard_error", "autocorrelation_time", "is_lower_bound",
            "effective_sample_size"],
            moments.Select(m => (string[])[m.Name, $"{m.Unit}", $"{m.Other}", Number(m.Statistic.Mean), Number(m.Statistic.StandardError),
                Number(m.Statistic.Time.Value), !m.Statistic.DidChange ? "" : m.Statistic.Time.IsClosed ? "false" : "true",
                Number(m.Statistic.EffectiveSampleSize)]));
        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Those of the whole state.</summary>
    public static TextTable Table(IReadOnlyList<ChainMoment> moments)
    {
        var table = new TextTable("moment", "mean", "standard error", "autocorrelation time [sweeps]");
        foreach (ChainMoment m in moments.Where(m => m.Unit is null))
            table.Add(m.Name, Short(m.Statistic.Mean), m.Statistic.DidChange ? Short(m.Statistic.StandardError) : "",
                m.Statistic.DidChange ? (m.Statistic.Time.IsClosed ? "" : "> ") + Short(m.Statistic.Time.Value) : "did not change");
        return table;
    }

    // A number that never changed has no error.
    static string Number(double x) => double.IsFinite(x) ? x.ToString("R", CultureInfo.InvariantCulture) : "";

    static string Short(double x) => NumberText.Short(x);
}
