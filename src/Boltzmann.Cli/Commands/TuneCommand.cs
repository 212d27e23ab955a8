using System.CommandLine;
using System.Text.Json;
using Boltzmann.Cli.FineTuning;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann tune train MODEL | fine-tune MODEL: searches the settings of a training.</summary>
static class TuneCommand
{
    public static Command Create(Func<ParseResult, Session> open) => new("tune", "Searches the settings of a training, by held-out rows. "
        + "Random trials, of which the better ones are trained longer.")
    {
        new Command("train", "Searches the settings of a training.")
        {
            Train(open, ModelKind.Rbm, "a restricted Boltzmann machine").WithExamples(
                ("tune train rbm", "twenty settings from default ranges, on built-in digits"),
                ("tune train rbm --data mnist --over learning-rate=0.01..0.3 hidden=128,256,512", "named ranges"),
                ("tune train rbm --resume runs/NAME", "continues a search")),
            Train(open, ModelKind.ClassificationRbm, "a restricted Boltzmann machine with the classes of its rows").WithExamples(
                ("tune train classification-rbm --metric validation-accuracy", "by the share of right classes")),
            Train(open, ModelKind.Dbn, "a deep belief network").WithExamples(
                ("tune train dbn --over 'hidden=500 250,500 500' learning-rate=0.01..0.2", "sizes of layers, with blanks between them")),
            Train(open, ModelKind.Dbm, "a deep Boltzmann machine").WithExamples(
                ("tune train dbm --hidden 200 200 --budget 10", "ten settings; the sizes stay")),
            Train(open, ModelKind.Bm, "a Boltzmann machine").WithExamples(
                ("tune train bm --data bars-and-stripes --metric validation-pseudo-likelihood", "by pseudo-likelihood"),
                ("tune train bm --data table.csv --edges pairs.csv", "the pairs of units that a file lists")),
            Train(open, ModelKind.Graph, "a graph of layers").WithExamples(
                ("tune train graph layers.json --data mnist", "the layers and connections in layers.json")),
        },
        FineTune(open),
    };

    static Command Train(Func<ParseResult, Session> open, ModelKind kind, string what)
    {
        var settings = new TrainSettings(kind);
        var options = new TuneOptions(TrainPlan.Of(kind));
        Argument<string?>? graph = kind != ModelKind.Graph ? null : new("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The graph, a JSON file as train graph takes it. Left out with --resume.",
        };
        var command = new Command(kind.Name, $"Searches the settings with which {what} learns best. A trial is a run folder.");
        if (graph is not null) command.Arguments.Add(graph);
        Option<string?>? edges = kind != ModelKind.Bm ? null : TrainCommand.EdgesOption();
        options.AddTo(command, settings.Options);
        if (edges is not null) command.Options.Add(edges);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? file = graph is null ? null : parsed.GetValue(graph), pairs = edges is null ? null : parsed.GetValue(edges);
            if (pairs is not null && options.Folder(parsed) is not null)
                throw new BadInputException("--resume continues with the edges of its search; --edges does not go with it");
            if (options.Folder(parsed) is string folder)
                return file is null ? Report(session, options.Resume(parsed, session, folder, settings.Options))
                    : throw new BadInputException("--resume continues the graph of its search; FILE does not go with it");
            if (graph is not null && file is null) throw new BadInputException("tune train graph needs the FILE that describes the graph");
            RunPlan plan = RunPlan.From(settings.Collect(parsed));
            if (file is not null) plan = (TrainPlan)plan with { Graph = GraphDescription.Read(file) };
            if (pairs is not null) plan = ((TrainPlan)plan).WithEdges(pairs);
            return Report(session, options.Run(parsed, session, plan, settings.Options));
        });
        return command;
    }

    static Command FineTune(Func<ParseResult, Session> open)
    {
        var settings = new FineTuneSettings();
        var options = new TuneOptions(new FineTunePlan());
        var model = new Argument<string?>("MODEL")
        {
            Description = "The model to start from: its file, or the folder of its run. Left out with --resume.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("fine-tune", "Searches the settings of a fine-tuning. A trial is a run folder.") { model };
        command.WithExamples(("tune fine-tune runs/NAME", "twenty settings from default ranges"),
            ("tune fine-tune runs/NAME --over learning-rate=0.0001..0.01 dropout=0,0.5 --budget 10", "named ranges"));
        options.AddTo(command, settings.Options);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? start = parsed.GetValue(model);
            if (options.Folder(parsed) is string folder)
                return start is null ? Report(session, options.Resume(parsed, session, folder, settings.Options))
                    : throw new BadInputException("--resume continues a search with its model; a MODEL does not go with it");
            if (start is null) throw new BadInputException("tune fine-tune needs a MODEL, or --resume");
            RunPlan plan = ((FineTunePlan)RunPlan.From(settings.Collect(parsed))).StartingFrom(start);
            return Report(session, options.Run(parsed, session, plan, settings.Options));
        });
        return command;
    }

    static int Report(Session session, TuneResult result)
    {
        if (session.Json) session.WriteJson(json => WriteJson(json, result));
        else
        {
            session.Print(session.Fit(TuneText.Trials(result.Record)));
            session.Print($"{TuneText.Caption(result.Record)}\n");
            session.Say($"the best run is {result.BestPath}; the search: open {result.PagePath}");
        }
        return ExitCode.Done;
    }

    static void WriteJson(Utf8JsonWriter json, TuneResult result)
    {
        TuneRecord record = result.Record;
        json.WriteStartObject();
        json.WriteString("status", result.IsDone ? "done already" : "searched");
        json.WriteString("folder", result.Folder);
        json.WriteString("metric", record.Metric);
        json.WriteBoolean("higher_is_better", record.HigherIsBetter);
        json.WriteStartArray("epochs");
        foreach (int epochs in record.Epochs) json.WriteNumberValue(epochs);
        json.WriteEndArray();
        json.WriteStartObject("best");
        json.WriteString("run", result.BestPath);
        json.WriteString("options", result.Best.Options);
        json.WriteFiniteOrNull("value", result.Best.Last!.Value);
        json.WriteEndObject();
        json.WriteStartArray("trials");
        foreach (TuneTrial trial in record.InOrder())
        {
            json.WriteStartObject();
            json.WriteString("run", Path.Combine(result.Folder, trial.Folder));
            json.WriteStartObject("settings");
            foreach (var (name, value) in trial.Settings) json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteStartArray("rounds");
            foreach (TrialRound round in trial.Rounds)
            {
                json.WriteStartObject();
                json.WriteNumber("epochs", round.Epochs);
                json.WriteFiniteOrNull("value", round.Value);
                if (round.StandardError is double error) json.WriteFiniteOrNull("standard_error", error);
                if (round.IsCareful) json.WriteBoolean("doubtful", round.IsDoubtful);
                if (round.Failure is string failure) json.WriteString("failure", failure);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("page", result.PagePath);
        json.WriteEndObject();
    }
}
