namespace Boltzmann.Cli;

/// <summary>What came of runs of several seeds.</summary>
static class SeedRunsOutput
{
    /// <summary>The runs of several seeds beside each other: as tables, or with --json as the document.</summary>
    public static int Report(Session session, SeedRunsOutcome outcome)
    {
        RunComparison comparison = outcome.Comparison;
        string? metric = comparison.MetricOf(null);
        if (!session.Quiet) ComparisonOutput.Print(session, comparison, metric);
        if (!session.Json) session.Say($"written to {outcome.Folder}: open {outcome.PagePath}");
        else session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", outcome.Runs.All(run => run.IsDone) ? "done already" : "trained");
            json.WriteString("folder", outcome.Folder);
            ComparisonJson.Write(json, comparison, metric);
            json.WriteString("page", outcome.PagePath);
            json.WriteEndObject();
        });
        return ExitCode.Done;
    }
}
