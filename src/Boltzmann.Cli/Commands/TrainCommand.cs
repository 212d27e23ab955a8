using System.CommandLine;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann train MODEL: learns a model and writes a run folder.</summary>
static class TrainCommand
{
    public static Command Create(Func<ParseResult, Session> open) => new("train", "Learns a model and writes a run folder.")
    {
        Create(open, ModelKind.Rbm, "Learns a restricted Boltzmann machine; without options, on built-in digits."),
        Create(open, ModelKind.ClassificationRbm,
            "Learns a restricted Boltzmann machine with the classes of its rows; without options, on built-in digits."),
        Create(open, ModelKind.Dbn, "Learns a deep belief network, layer by layer; without options, on built-in digits."),
        Create(open, ModelKind.Dbm, "Learns a deep Boltzmann machine, all layers at once; without options, on built-in digits."),
        Create(open, ModelKind.Bm, "Learns a Boltzmann machine, fully connected with or without hidden units, or along given edges; "
            + "without options, on built-in digits."),
        Create(open, ModelKind.Graph, "Learns any graph of layers, which a JSON file describes."),
    };

    static Command Create(Func<ParseResult, Session> open, ModelKind kind, string description)
    {
        var settings = new TrainSettings(kind);
        var folders = new RunFolderOptions();
        var command = new Command(kind.Name, description);
        Argument<string?>? graph = kind != ModelKind.Graph ? null : new("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = """The graph: {"layers": [{"name": "pixels", "units": "bernoulli", "size": 784, "visible": true}, {"name": "h", "units": "bernoulli", "size": 500}], "connections": [["pixels", "h"]]}. "labels": true makes a visible layer that of the classes; a pair of one name twice joins units within their layer, all of them or those of an entry "edges": {"pixels": [[0, 1], [1, 2]]}. With --resume, left out.""",
        };
        if (graph is not null) command.Arguments.Add(graph);
        var animation = new Option<bool>("--animation")
        {
            Description = "Keep a frame of fantasy particles after every epoch, from the "
            + "same chains each time: particles.png, an animated PNG in the run folder. A resumed run goes on with it."
        };
        foreach (Option option in settings.Options) command.Options.Add(option);
        Option<string?>? edges = kind != ModelKind.Bm ? null : new("--edges")
        {
            Description = "CSV file of the pairs of "
            + "units that are joined, in place of all: in each line two unit numbers from 0 on; without hidden units. With --resume, left "
            + "out.",
            HelpName = "FILE"
        };
        folders.AddTo(command);
        command.Options.Add(animation);
        if (edges is not null) command.Options.Add(edges);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            bool film = parsed.GetValue(animation);
            if (graph is null)
            {
                string? pairs = edges is null ? null : parsed.GetValue(edges);
                if (pairs is not null && folders.IsResuming(parsed))
                    throw new BadInputException("--resume continues with the edges of its run; --edges does not go with it");
                return Report(session, folders.Run(parsed, session, settings,
                    pairs is null ? null : made => ((TrainPlan)made).WithEdges(pairs), film));
            }
            string? path = parsed.GetValue(graph);
            if (folders.IsResuming(parsed) == path is not null) throw new BadInputException(path is null ? "train graph needs the FILE "
                + "that describes the graph" : "--resume continues the graph of its run; FILE does not go with it");
            return Report(session, folders.Run(parsed, session, settings,
                made => (TrainPlan)made with { Graph = GraphDescription.Read(path!) }, film));
        });
        return command;
    }

    /// <summary>With --json, what came of a run.</summary>
    public static int Report(Session session, RunOutcome outcome)
    {
        if (!session.Json) return ExitCode.Done;
        RunFolder folder = outcome.Folder;
        MetricsTable metrics = MetricsTable.Open(folder.MetricsPath);
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", outcome.IsDone ? "done already" : "trained");
            json.WriteString("run", folder.Path);
            json.WriteString("model", folder.ModelPath);
            json.WriteString("report", folder.ReportPath);
            if (File.Exists(folder.ParticlesPath)) json.WriteString("animation", folder.ParticlesPath);
            json.WriteStartObject("metrics");
            foreach (string column in metrics.Columns)
                if (metrics.Rows > 0 && metrics[metrics.Rows - 1, column] is double value) json.WriteFiniteOrNull(column, value);
            json.WriteEndObject();
            if (outcome.Result.Count > 0)
            {
                json.WriteStartObject("result");
                foreach (var (name, value) in outcome.Result) json.WriteFiniteOrNull(name, value);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        });
        return ExitCode.Done;
    }
}
