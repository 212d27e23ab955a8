using System.Runtime.InteropServices;
using Boltzmann.Ratings;

namespace Boltzmann.Runs;

/// <summary>Fills the page of a finished training of a machine of ratings.</summary>
static class RatingReport
{
    static readonly string[] own = ["model", "seed", "precision"];

    public static string Render(RatingTask task, MetricsTable metrics, RatingErrors? errors, string commandLine)
    {
        RunSettings usual = new RatingPlan().ToSettings(), settings = task.Plan.ToSettings();
        string units = task.Plan.IsByItem ? "users" : "items";
        return RunReport.Render(new RunReportContent($"Machine of ratings, {task.Machine.Units:N0} {units} × {task.Machine.Levels} levels, "
            + $"{task.Machine.Hidden} hidden", $"{task.All.Source}, {task.All.Count:N0} ratings, {task.Epoch} epochs")
        {
            Headline = errors is null ? null : new("RMSE of held-out ratings", NumberText.Short(errors.Rmse)),
            Numbers = [.. Numbers(task, metrics, errors)],
            Metrics = [.. task.Metrics.Select(name => ReportSeries.Of(metrics, name, RatingTask.Unit)).OfType<MetricSeries>()],
            Changed = ReportSettings.Changed(settings, usual, own),
            Settings = ReportSettings.Rest(settings, usual, []),
            Notes = task.BestEpoch > 0 ? [$"The machine is that of epoch {task.BestEpoch}, the best on held-out ratings."] : [],
            CommandLine = commandLine,
            Footer = $"Boltzmann {typeof(Rbm).Assembly.GetName().Version?.ToString(3)}, {task.Machine.Model.Placement}, "
                + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.",
        });
    }

    static IEnumerable<ReportNumber> Numbers(RatingTask task, MetricsTable metrics, RatingErrors? errors)
    {
        if (errors is not null && task.Biases is RatingErrors biases)
        {
            yield return new("of means and biases", NumberText.Short(biases.Rmse), "the mean, the user's and the item's distance from it");
            yield return new("mean absolute error", NumberText.Short(errors.Mae), $"of means and biases {NumberText.Short(biases.Mae)}");
        }
        double seconds = EpochTimes.Sum(metrics);
        if (seconds > 0) yield return new("training time", $"{seconds:F1} s", $"{metrics.Rows} epochs");
    }
}
