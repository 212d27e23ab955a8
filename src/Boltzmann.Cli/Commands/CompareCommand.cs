using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann compare RUN…: runs beside each other.</summary>
static class CompareCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Folders of runs, or folders that hold some. Two runs or more.",
            Arity = ArgumentArity.OneOrMore,
        };
        var metric = new Option<string?>("--metric")
        {
            Description = "The metric that is compared. By default the most important one: a likelihood of held-out rows before others.",
            HelpName = "NAME",
        };
        var page = new Option<string?>("--page")
        {
            Description = "Write a page with the curves over each other: one HTML file, which fetches nothing.",
            HelpName = "FILE.html",
        }.In(HelpGroup.Output);
        var command = new Command("compare", "Puts runs beside each other: what differs in their settings, and what came of them. Runs "
            + "that differ only in the seed are shown as mean ± standard error too.") { runs, metric, page };
        command.WithExamples(
            ("compare runs/a runs/b", "two runs"),
            ("compare runs/seeds", "all runs in a folder, such as train --seeds writes"),
            ("compare runs/a runs/b --metric accuracy --page compare.html", "by a metric, with a page of curves"));
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            RunComparison comparison = RunComparison.Of(parsed.GetValue(runs)!);
            string? name = comparison.MetricOf(parsed.GetValue(metric));
            string? path = parsed.GetValue(page);
            if (path is not null) AtomicFile.WriteText(path, ComparisonReport.Render(comparison, name, CommandLineText.Of(parsed)));
            ComparisonOutput.Print(session, comparison, name);
            if (path is not null && !session.Json) session.Say($"written to {path}");
            if (session.Json)
                session.WriteJson(json =>
                {
                    json.WriteStartObject();
                    ComparisonJson.Write(json, comparison, name);
                    json.WriteString("page", path);
                    json.WriteEndObject();
                });
            return ExitCode.Done;
        });
        return command;
    }
}
