using System.CommandLine;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann train MODEL: learns a model and writes a run folder.</summary>
static class TrainCommand
{
    public static Command Create(Func<ParseResult, Session> open) => new("train", "Learns a model and writes a run folder.") 
    {
        Create(open, ModelKind.Rbm, "Learns a restricted Boltzmann machine; without options, on built-in digits."),
        Create(open, ModelKind.Dbn, "Learns a deep belief network, layer by layer; without options, on built-in digits."),
    };

    static Command Create(Func<ParseResult, Session> open, ModelKind kind, string description)
    {
        var settings = new TrainSettings(kind);
        var outFolder = new Option<string?>("--out") { Description = "The run folder; by default under runs/, from model, data and time." };
        var force = new Option<bool>("--force") { Description = "Replace a run that is there." };
        var resume = new Option<string?>("--resume") { Description = "Continue the run in this folder; options given again replace its settings." };
        var command = new Command(kind.Name, description);
        foreach (Option option in settings.Options) command.Options.Add(option);
        command.Options.Add(outFolder);
        command.Options.Add(force);
        command.Options.Add(resume);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string line = CommandLineText.Of(parsed);
            if (parsed.GetValue(resume) is not string path)
                return Report(session, TrainingLauncher.Start(session, settings.Collect(parsed), parsed.GetValue(outFolder), parsed.GetValue(force), line));
            if (parsed.GetValue(outFolder) is not null) throw new BadInputException("--resume continues a run in its own folder; --out does not go with it");
            RunFolder folder = RunFolder.Resume(path);
            return Report(session, TrainingLauncher.Resume(session, folder, settings.Collect(parsed, folder.Settings), line));
        });
        return command;
    }

    static int Report(Session session, TrainingOutcome outcome)
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
            json.WriteStartObject("metrics");
            foreach (string column in metrics.Columns)
                if (metrics.Rows > 0 && metrics[metrics.Rows - 1, column] is double value) json.WriteFiniteOrNull(column, value);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        return ExitCode.Done;
    }
}
