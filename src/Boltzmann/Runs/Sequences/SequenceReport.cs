using System.Runtime.InteropServices;

namespace Boltzmann.Runs;

/// <summary>Fills the page of a finished training of a machine with memory.</summary>
static class SequenceReport
{
    static readonly string[] own = ["model", "seed", "precision"];

    public static string Render(SequenceTask task, MetricsTable metrics, SequenceJudgement judged, string commandLine, string? stopped)
    {
        RunSettings usual = SequencePlan.Of(task.Plan.Kind).ToSettings();
        return RunReport.Render(new RunReportContent($"{Title(task.Plan.Kind)}, {task.Kept}",
            $"{task.Data.Training.Name}, {task.Data.Training.CountedSteps:N0} steps, {task.Epoch} epochs")
        {
            Headline = new($"log-likelihood of {judged.Where}", NumberText.Short(judged.Likelihood.Midpoint) + Error(judged.Likelihood)
                + " nats per step" + (judged.Likelihood.BackwardMean is null ? "" : ", by annealing")),
            Numbers = [.. Numbers(task, metrics, judged)],
            Metrics = [.. task.Metrics.Where(name => name != SequenceTrainer.StepsPerSecond)
                .Select(name => ReportSeries.Of(metrics, name, SequenceTask.UnitOf(name))).OfType<MetricSeries>()],
            Charts = [.. SequencePictures.Charts(task, judged)],
            Changed = ReportSettings.Changed(task.Settings, usual, own),
            Settings = ReportSettings.Rest(task.Settings, usual, []),
            Notes =
            [
                .. stopped is null ? (string[])[] : [$"Training stopped early: {stopped}."],
                .. task.Plan.Keep == KeptEpoch.Best && task.BestEpoch > 0 ? (string[])[$"The machine is that of epoch {task.BestEpoch}, "
                + $"the best by {MetricWords.Of(task.Chosen)}."] : [],
            ],
            CommandLine = commandLine,
            Footer = $"Boltzmann {typeof(Rbm).Assembly.GetName().Version?.ToString(3)}, {task.Sequence.Placement}, "
                + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.",
        });
    }

    static string Title(ModelKind kind) => kind == ModelKind.Dybm ? "Dynamic Boltzmann machine" : kind == ModelKind.Crbm ? "Conditional RBM"
        : kind == ModelKind.Rtrbm ? "Recurrent temporal RBM" : "RNN-RBM";

    static string Error(SequenceScore score) => double.IsNaN(score.StandardError) ? "" : $" ± {NumberText.Short(score.StandardError, 2)}";

    static IEnumerable<ReportNumber> Numbers(SequenceTask task, MetricsTable metrics, SequenceJudgement judged)
    {
        PredictionScore scores = judged.Predictions;
        yield return new("RMSE", NumberText.Short(scores.Model.Rmse), "one step ahead, per column");
        yield return new("of persistence", NumberText.Short(scores.Persistence.Rmse), "the step before as the forecast");
        if (scores.Mean is PredictionErrors mean) yield return new("of the mean", NumberText.Short(mean.Rmse), "of the training steps");
        if (task.FirstExactRecall is int recall) yield return new("recalled", $"{recall}", "presentations until the first exact recall");
        double seconds = EpochTimes.Sum(metrics);
        if (seconds > 0) yield return new("training time", $"{seconds:F1} s", $"{metrics.Rows} epochs");
    }
}
