namespace Boltzmann.Runs;

/// <summary>A search for settings as a table for people.</summary>
public static class TuneText
{
    /// <summary>A row for each trial, those that came furthest first: what was drawn, and the metric at the end of each round.</summary>
    public static TextTable Trials(TuneRecord record)
    {
        string[] names = [.. record.Trials[0].Settings.Keys];
        bool hasFailures = record.Trials.Any(trial => trial.Last?.Failure is not null);
        var table = new TextTable(["trial", .. names, .. record.Epochs.Select(epochs => $"after {epochs}"),
            .. hasFailures ? ["failure"] : (string[])[]]);
        foreach (TuneTrial trial in record.InOrder())
            table.Add([trial.Folder, .. names.Select(name => trial.Settings[name]), .. record.Epochs.Select((_, round) =>
                round < trial.Rounds.Count ? Cell(trial.Rounds[round]) : ""),
                .. hasFailures ? [trial.Last?.Failure ?? ""] : (string[])[]]);
        return table;
    }

    /// <summary>What the numbers of the table are: validation-log-likelihood of held-out rows, higher is better.</summary>
    public static string Caption(TuneRecord record) => $"{record.Metric} of held-out rows after so many epochs, "
        + $"{(record.HigherIsBetter ? "higher" : "lower")} is better";

    /// <summary>A value with its error, or that there is none.</summary>
    internal static string Cell(TrialRound round) => round.Failure is not null ? "failed"
        : NumberText.WithError(round.Value, round.StandardError ?? double.NaN) + (round.IsDoubtful ? ", doubtful" : "");
}
