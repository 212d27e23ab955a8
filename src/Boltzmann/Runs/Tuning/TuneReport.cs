using System.Globalization;

namespace Boltzmann.Runs;

/// <summary>The page of a search for settings: the best one, each trial, and the metric over what was searched.</summary>
static class TuneReport
{
    public static string Render(string folder, TuneRecord record, string commandLine)
    {
        TuneTrial best = record.Best!;
        int epochs = record.Trials.Sum(trial => trial.Last?.Epochs ?? 0);
        var page = new HtmlReport("Search for settings", $"{record.Training.Text("model")}, {record.Training.Text("data")}; "
            + $"{record.Trials.Count} trials, {epochs:N0} epochs together");
        page.Cards([new($"best {record.Metric}", TuneText.Cell(best.Last!), $"{best.Folder}, {best.Last!.Epochs} epochs; of held-out rows, "
            + "by which it was chosen: to judge the model, evaluate it on test rows"),
            .. best.Settings.Select(setting => new ReportNumber(setting.Key, setting.Value, ""))]);
        page.Heading("Use it").Code($"boltzmann evaluate {Path.Combine(folder, best.Folder)} --split test\n"
            + $"# these settings: {best.Options}");
        page.Heading("Trials").Paragraph($"{TuneText.Caption(record)}. All begin; a third goes on from round to round.")
            .Table(TuneText.Trials(record));
        page.Heading("What mattered").Charts([.. record.Over.Select(SettingRange.Parse).Select(range => Chart(record, range))]);
        if (commandLine != "") page.Heading("Repeat it").Code(commandLine);
        return page.Footer($"Boltzmann {typeof(Rbm).Assembly.GetName().Version?.ToString(3)}.").ToString();
    }

    // A round's values are compared with each other only: trials of later rounds were trained longer.
    static ReportChart Chart(TuneRecord record, SettingRange range)
    {
        bool isNumber = record.Trials.All(trial => TypedNumber.TryRead(trial.Settings[range.Name], out _));
        bool isLog = isNumber && range.IsLogarithmic;
        string[] words = [.. record.Trials.Select(trial => trial.Settings[range.Name]).Distinct()];
        var frame = new ChartFrame(range.Name)
        {
            XTitle = isLog ? $"{range.Name}, as power of ten" : isNumber ? range.Name
                : string.Join(", ", words.Select((w, i) => $"{i + 1}: {w}")),
            YTitle = record.Metric,
        };
        ChartSeries[] series = [.. record.Epochs.Select((epochs, round) => new ChartSeries(
            $"after {epochs} {(epochs == 1 ? "epoch" : "epochs")}",
            [.. record.Trials.Where(trial => round < trial.Rounds.Count && double.IsFinite(trial.Rounds[round].Value))
                .Select(trial => Point(trial, round))]))];
        return new(SvgChart.Scatter(frame, series), "");

        ChartPoint Point(TuneTrial trial, int round)
        {
            string value = trial.Settings[range.Name];
            double x = isNumber ? double.Parse(value, CultureInfo.InvariantCulture) : Array.IndexOf(words, value) + 1;
            return new(isLog ? Math.Log10(x) : x, trial.Rounds[round].Value);
        }
    }
}
