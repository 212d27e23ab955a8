using System.CommandLine;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann train MODEL: learns a model and writes a run folder.</summary>
static class TrainCommand
{
    public static Command Create(Func<ParseResult, Session> open) => new("train", "Learns a model and writes a run folder.")
    {
        Create(open, ModelKind.Rbm, "Learns a restricted Boltzmann machine. Without options, from built-in digits.").WithExamples(
            ("train rbm", "256 hidden units, from built-in digits"),
            ("train rbm --data mnist --hidden 500 --epochs 30", "a named data set"),
            ("train rbm --data table.csv --ignore id", "a table of words and numbers"),
            ("train rbm --resume runs/NAME --epochs 40", "continues a run"),
            ("train rbm --seeds 5", "five runs: mean ± standard error")),
        Create(open, ModelKind.ClassificationRbm, "Learns a restricted Boltzmann machine together with the classes of its rows. Without "
            + "options, from built-in digits.").WithExamples(
            ("train classification-rbm", "from built-in digits"),
            ("train classification-rbm --data table.csv --label-column kind", "a table whose column kind holds the classes")),
        Create(open, ModelKind.Dbn, "Learns a deep belief network, layer by layer. Without options, from built-in digits.").WithExamples(
            ("train dbn --hidden 500 250", "two hidden layers, from built-in digits"),
            ("train dbn --data mnist --hidden 500 500 2000 --labels", "with the classes, as Hinton, Osindero and Teh (2006)")),
        Create(open, ModelKind.Dbm, "Learns a deep Boltzmann machine, all layers at once. Without options, from built-in digits.")
            .WithExamples(
            ("train dbm --hidden 500 1000", "two hidden layers, from built-in digits"),
            ("train dbn --hidden 500 1000 --doubled --out runs/start", "layer by layer first,"),
            ("train dbm --hidden 500 1000 --init-from runs/start", "then all layers from there")),
        Create(open, ModelKind.Bm, "Learns a Boltzmann machine whose units are all joined, or along given edges. With or without hidden "
            + "units; without options, from built-in digits.").WithExamples(
            ("train bm --data bars-and-stripes --method exact", "visible units only, by enumeration"),
            ("train bm --grid --visible-units spin --method pl", "each pixel joined to its neighbours, by pseudo-likelihood"),
            ("train bm --data table.csv --edges pairs.csv", "the pairs of units that a file lists"),
            ("train bm --data family.fasta --method pl --l2 0.01", "a Potts machine of aligned sequences")),
        Create(open, ModelKind.Graph, "Learns any graph of layers, which a JSON file describes.").WithExamples(
            ("train graph layers.json --data mnist", "the layers and connections in layers.json")),
        CreateOfSequences(open, ModelKind.Dybm, "Learns sequences by a dynamic Boltzmann machine: no hidden units, a queue and traces of "
            + "the past. Without options, from the bitmap SCIENCE.").WithExamples(
            ("train dybm --data sunspots --scale min-max --delay 30", "thirty months back"),
            ("train dybm --data words --delay 4 --decays 0.5 0.9", "letters of English words"),
            ("train dybm --data science --delays 1-9 --online --epochs 2000", "a delay for each connection, step by step")),
        CreateOfSequences(open, ModelKind.Crbm, "Learns sequences by a conditional RBM: hidden units beside what is remembered of the last "
            + "steps. Without options, from the bitmap SCIENCE.").WithExamples(
            ("train crbm --data mit-mocap --delay 4 --hidden 150", "motion from the last three frames")),
        CreateOfSequences(open, ModelKind.Rtrbm, "Learns sequences by a recurrent temporal RBM, back through time. Without options, from "
            + "the bitmap SCIENCE.").WithExamples(
            ("train rtrbm --data jsb-chorales --hidden 150", "chorales, as piano rolls")),
        CreateOfSequences(open, ModelKind.RnnRbm, "Learns sequences by an RBM beside a recurrent network, back through time. Without "
            + "options, from the bitmap SCIENCE.").WithExamples(
            ("train rnn-rbm --data jsb-chorales --batch-size 1 --learning-rate 0.005 --epochs 60", "chorales, as piano rolls")),
        Create(open, RatingPlan.Name, "Learns ratings of items by users: a softmax of levels for each user, or item, absent where nobody "
            + "rated.", new RatingSettings()).WithExamples(
            ("train ratings --data ratings.csv --conditional --out runs/films", "films are rows, their users the units"),
            ("train ratings --data ratings.csv --by user --hidden 50", "users are rows, also such as it has never met")),
    };

    static Command CreateOfSequences(Func<ParseResult, Session> open, ModelKind kind, string description) =>
        Create(open, kind.Name, description, new SequenceSettings(kind));

    // A command whose runs its settings describe whole.
    static Command Create(Func<ParseResult, Session> open, string name, string description, SettingOptions settings)
    {
        var folders = new RunFolderOptions();
        var command = new Command(name, description);
        foreach (Option option in settings.Options) command.Options.Add(option);
        folders.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            return folders.Run(parsed, session, settings);
        });
        return command;
    }

    static Command Create(Func<ParseResult, Session> open, ModelKind kind, string description)
    {
        var settings = new TrainSettings(kind);
        var folders = new RunFolderOptions();
        var command = new Command(kind.Name, description);
        Argument<string?>? graph = kind != ModelKind.Graph ? null : new("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = """A JSON file. {"layers": [{"name": "pixels", "units": "bernoulli", "size": 784, "visible": true}, {"name": "h", "units": "bernoulli", "size": 500}], "connections": [["pixels", "h"]]}. With "labels": true a visible layer holds the classes. A pair with one name twice joins the units of that layer to each other: all of them, or the pairs listed in "edges": {"pixels": [[0, 1], [1, 2]]}. Left out with --resume.""",
        };
        if (graph is not null) command.Arguments.Add(graph);
        var animation = new Option<bool>("--animation")
        {
            Description = "Keep a frame of fantasy particles after every epoch. They come from the same chains each time, and become "
            + "particles.png, an animated PNG in the run folder, which a resumed run continues."
        };
        foreach (Option option in settings.Options) command.Options.Add(option);
        Option<string?>? edges = kind != ModelKind.Bm ? null : EdgesOption();
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
                return folders.Run(parsed, session, settings, pairs is null ? null : made => ((TrainPlan)made).WithEdges(pairs), film);
            }
            string? path = parsed.GetValue(graph);
            if (folders.IsResuming(parsed) == path is not null) throw new BadInputException(path is null ? "train graph needs the FILE "
                + "that describes the graph" : "--resume continues the graph of its run; FILE does not go with it");
            return folders.Run(parsed, session, settings, made => (TrainPlan)made with { Graph = GraphDescription.Read(path!) }, film);
        });
        return command;
    }

    /// <summary>The file of the pairs that a Boltzmann machine joins.</summary>
    public static Option<string?> EdgesOption() => new Option<string?>("--edges")
    {
        Description = "CSV file of the pairs of units that are joined, instead of all. Each line has two unit numbers, counted "
            + "from 0; without hidden units. Left out with --resume.",
        HelpName = "FILE"
    }.In(HelpGroup.Model, isMain: true);

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
