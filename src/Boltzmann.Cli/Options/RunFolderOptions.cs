using System.CommandLine;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli;

/// <summary>The options that say which folder a run is written to, or goes on in.</summary>
sealed class RunFolderOptions
{
    readonly Option<string?> outFolder = new("--out") { Description = "The run folder; by default under runs/, from model, data and time." };
    readonly Option<bool> force = new("--force") { Description = "Replace a run that is there." };
    readonly Option<string?> resume = new("--resume") { Description = "Continue the run in this folder; options given again replace its settings." };

    public void AddTo(Command command)
    {
        command.Options.Add(outFolder);
        command.Options.Add(force);
        command.Options.Add(resume);
    }

    /// <summary>Whether a run is to go on.</summary>
    public bool IsResuming(ParseResult parsed) => parsed.GetValue(resume) is not null;

    /// <summary>Starts the run that the arguments ask for, or goes on with it.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="session">Streams, seed, arithmetic.</param>
    /// <param name="settings">The options of the command.</param>
    /// <param name="complete">Adds to the settings of a new run what is no option; null for nothing.</param>
    /// <param name="open">What the settings mean; a training when null.</param>
    public TrainingOutcome Run(ParseResult parsed, Session session, SettingOptions settings, Action<RunSettings>? complete = null, RunOpening? open = null)
    {
        string line = CommandLineText.Of(parsed);
        if (parsed.GetValue(resume) is not string path)
        {
            RunSettings collected = settings.Collect(parsed);
            complete?.Invoke(collected);
            return TrainingLauncher.Start(session.Context, collected, parsed.GetValue(outFolder), parsed.GetValue(force), line, open);
        }
        if (parsed.GetValue(outFolder) is not null) throw new BadInputException("--resume continues a run in its own folder; --out does not go with it");
        if (parsed.GetValue(force)) throw new BadInputException("--resume continues a run, --force replaces one; choose");
        RunFolder folder = RunFolder.Resume(path);
        return TrainingLauncher.Resume(session.Context, folder, settings.Collect(parsed, folder.Settings), line, open);
    }
}
