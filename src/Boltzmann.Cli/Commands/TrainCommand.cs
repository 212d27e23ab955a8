using System.CommandLine;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann train MODEL: learns a model and writes a run folder.</summary>
static class TrainCommand
{
    public static Command Create(Func<ParseResult, Session> open) => new("train", "Learns a model and writes a run folder.") { CreateRbm(open) };

    static Command CreateRbm(Func<ParseResult, Session> open)
    {
        var settings = new TrainSettings();
        var outFolder = new Option<string?>("--out") { Description = "The run folder; by default under runs/, from model, data and time." };
        var force = new Option<bool>("--force") { Description = "Replace a run that is there." };
        var resume = new Option<string?>("--resume") { Description = "Continue the run in this folder; options given again replace its settings." };
        var command = new Command("rbm", "Learns a restricted Boltzmann machine; without options, on built-in digits.");
        foreach (Option option in settings.Options) command.Options.Add(option);
        command.Options.Add(outFolder);
        command.Options.Add(force);
        command.Options.Add(resume);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string line = CommandLineText.Of(parsed);
            return parsed.GetValue(resume) is string folder
                ? Resume(session, settings, parsed, folder, line)
                : Start(session, settings, parsed, parsed.GetValue(outFolder), parsed.GetValue(force), line);
        });
        return command;
    }

    static int Start(Session session, TrainSettings options, ParseResult parsed, string? path, bool force, string commandLine)
    {
        RunSettings settings = options.Collect(parsed);
        Common(settings, session);
        if (!force && (path is null ? RunFolder.FindFinishedUnder("runs", settings) : RunFolder.FindFinished(path, settings)) is RunFolder done)
        {
            session.Say($"already trained with these settings: {done.Path} (--force trains again)");
            return Report(session, done, "done already", null);
        }
        path ??= RunFolder.DefaultPath("rbm", settings.Text("data")!, DateTimeOffset.Now);
        RunFolder.CheckFree(path, settings, force);
        var task = new TrainingTask(settings, session);
        return Execute(session, task, RunFolder.Create(path, settings, force), commandLine);
    }

    static int Resume(Session session, TrainSettings options, ParseResult parsed, string path, string commandLine)
    {
        RunFolder folder = RunFolder.Resume(path);
        RunSettings settings = options.Collect(parsed, folder.Settings);
        settings["model"] = folder.Settings["model"];
        settings["seed"] = folder.Settings["seed"];
        settings["precision"] = folder.Settings["precision"];
        if (folder.Settings.Finished && folder.Settings.Differences(settings).Count == 0)
        {
            session.Say($"{path} has come to its end; give --epochs to go on");
            return Report(session, folder, "done already", null);
        }
        session.Continue(ulong.Parse(settings.Text("seed")!), settings.Text("precision")!);
        var task = new TrainingTask(settings, session);
        task.Trainer.Restore(Checkpoint.Load(folder.CheckpointPath, task.Model));
        folder.Change(settings);
        return Execute(session, task, folder, commandLine);
    }

    static int Execute(Session session, TrainingTask task, RunFolder folder, string commandLine)
    {
        session.Say($"{task.Training.Name}: {task.Training.Count:N0} rows × {task.Training.Columns}{(task.Validation is null ? "" : $", {task.Validation.Count:N0} held out")}; rbm {task.Model.Visible} × {task.Model.Hidden}; {task.Model.Placement}");
        var run = new TrainingRun(task, folder, session, commandLine);
        if (!run.Execute())
        {
            session.Error.WriteLine($"boltzmann: interrupted after epoch {task.Trainer.Epoch}; continue with: boltzmann train rbm --resume {folder.Path}");
            return ExitCode.Interrupted;
        }
        if (run.Stopped is string reason) session.Say($"stopped early: {reason}");
        session.Say($"written to {folder.Path}: open {folder.ReportPath}");
        return Report(session, folder, "trained", run.Last);
    }

    static int Report(Session session, RunFolder folder, string status, IReadOnlyDictionary<string, double>? metrics)
    {
        if (!session.Json) return ExitCode.Done;
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            json.WriteString("run", folder.Path);
            json.WriteString("model", folder.ModelPath);
            json.WriteString("report", folder.ReportPath);
            if (metrics is not null)
            {
                json.WriteStartObject("metrics");
                foreach (var (name, value) in metrics) json.WriteFiniteOrNull(name, value);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        });
        return ExitCode.Done;
    }

    // The common options that settle the result belong to the settings too. A seed is text: JSON numbers lose digits beyond 2⁵³.
    static void Common(RunSettings settings, Session session)
    {
        settings["model"] = "rbm";
        settings["seed"] = session.Seed.ToString();
        settings["precision"] = session.Placement.Precision == Precision.Float32 ? "float32" : "float64";
    }
}
