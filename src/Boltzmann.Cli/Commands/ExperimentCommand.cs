using System.CommandLine;
using Boltzmann.Cli.Help;
using Boltzmann.Experiments;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann experiment list | run NAME.</summary>
static class ExperimentCommand
{
    public static Command Create(Func<ParseResult, Session> open) =>
        new("experiment", "Published experiments: their number beside ours.") { CreateList(open), CreateRun(open) };

    static Command CreateList(Func<ParseResult, Session> open)
    {
        var command = new Command("list", "Lists the experiments.");
        command.WithExamples(("experiment list", "names, published numbers, how long they take"));
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            if (session.Json)
            {
                session.WriteJson(json =>
                {
                    json.WriteStartArray();
                    foreach (Experiment e in Experiment.All)
                    {
                        json.WriteStartObject();
                        json.WriteString("name", e.Name);
                        json.WriteString("description", e.Description);
                        json.WriteString("published", e.Published);
                        json.WriteString("takes", e.Takes);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                });
                return ExitCode.Done;
            }
            var table = new TextTable("name", "what", "published", "takes");
            foreach (Experiment e in Experiment.All) table.Add(e.Name, e.Description, e.Published, e.Takes);
            session.Print(session.Fit(table));
            return ExitCode.Done;
        });
        return command;
    }

    static Command CreateRun(Func<ParseResult, Session> open)
    {
        var name = new Argument<string>("NAME") { Description = "See boltzmann experiment list." };
        var quick = new Option<bool>("--quick") { Description = "A smoke test in a minute. Its numbers mean nothing." };
        var asPublished = new Option<bool>("--as-published") { Description = "Keep the quirks of the original." };
        var results = new Option<string>("--results")
        {
            Description = "Folder of the result page and its pictures.",
            DefaultValueFactory = _ => "results"
        };
        var runs = new Option<string>("--runs")
        {
            Description = "Folder of the runs behind it. An interrupted run is continued there.",
            DefaultValueFactory = _ => "runs"
        };
        var command = new Command("run", "Runs an experiment and writes its page.") { name, quick, asPublished, results, runs };
        command.WithExamples(
            ("experiment run bm-exact --quick", "whether it runs at all"),
            ("experiment run bm-exact", "the whole experiment, with its page in ./results"));
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            Experiment experiment = Experiment.Find(parsed.GetValue(name)!);
            ExperimentContext context = new(session.Context, session.Prose, parsed.GetValue(quick), parsed.GetValue(asPublished),
                parsed.GetValue(results)!, parsed.GetValue(runs)!, CommandLineText.Of(parsed));
            experiment.Run(context);
            if (session.Json) WriteJson(session, experiment, context);
            return ExitCode.Done;
        });
        return command;
    }

    static void WriteJson(Session session, Experiment experiment, ExperimentContext context) => session.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("experiment", experiment.Name);
        json.WriteString("page", Path.Combine(context.Results, $"{context.Labelled(experiment.Name)}.md"));
        json.WriteStartArray("results");
        foreach (ExperimentFinding finding in context.Findings)
        {
            json.WriteStartObject();
            json.WriteString("name", finding.Name);
            json.WriteFiniteOrNull("value", finding.Value);
            if (finding.Published is double published) json.WriteNumber("published", published);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
