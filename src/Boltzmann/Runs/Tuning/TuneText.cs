namespace Boltzmann.Runs;

/// <summary>A search for settings as a table for people.</summary>
public static class TuneText
{
    /// <summary>A row for each trial, those that came furthest first: what was drawn, and the metric at the end of each round.</summary>
    public static TextTable Trials(TuneRecord record)
    {
        string[] names = [.. record.Trials[0].Settings.Keys];
        var table = new TextTable(["trial", .. names, .. record.Epochs.Select(epochs => $"after {epochs}"), "failure"]);
        foreach (TuneTrial trial in record.InOrder())
            table.Add([trial.Folder, .. names.Select(name => trial.Settings[name]), .. record.Epochs.Select((_, round) =>
                round < trial.Rounds.Count ? Cell(trial.Rounds[round]) : ""), trial.Last?.Failure ?? ""]);
        if (record.Trials.Any(trial => trial.Last?.Failure is not null)) return table;
        var shorter = new TextTable([.. table.Headers.SkipLast(1)]);
        foreach (IReadOnlyList<string> row in table.Rows) shorter.Add([.. row.SkipLast(1)]);
        return shorter;
    }

    /// <summary>What the numbers of the table are: validation-log-likelihood of held-out rows, higher is better.</summary>
    public static string Caption(TuneRecord record) => $"{record.Metric} of held-out rows after so many epochs, "
        + $"{(record.HigherIsBetter ? "higher" : "lower")} is better";

    /// <summary>A value with its error, or that there is none.</summary>
    internal static string Cell(TrialRound round) => round.Failure is not null ? "failed"
        : ComparisonText.Number(round.Value, round.StandardError ?? double.NaN);
}
