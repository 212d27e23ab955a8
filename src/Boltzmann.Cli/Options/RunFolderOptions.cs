using System.CommandLine;
using Boltzmann.Cli.Commands;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli;

/// <summary>The options that say which folder a run is written to, or goes on in.</summary>
sealed class RunFolderOptions
{
    readonly Option<string?> outFolder = new Option<string?>("--out")
    {
        Description = "The run folder. By default under runs/, named after model, data and time.",
        HelpName = "FOLDER",
    }.In(HelpGroup.Output, isMain: true);

    readonly Option<bool> force = new Option<bool>("--force") { Description = "Replace a run that is in the folder." }
        .In(HelpGroup.Output, isMain: true);

    readonly Option<string?> resume = new Option<string?>("--resume")
    {
        Description = "Continue the run in this folder. Options that are given replace its settings.",
        HelpName = "FOLDER",
    }.In(HelpGroup.Output, isMain: true);

    readonly Option<int?> seeds = NumberOption.OptionalWhole("--seeds", 2, "Run N times, with --seed and the numbers that follow, and "
        + "compare the runs. Each has a folder of its own in --out; the same command continues what was interrupted.")
        .In(HelpGroup.Output);

    public void AddTo(Command command)
    {
        command.Options.Add(outFolder);
        command.Options.Add(force);
        command.Options.Add(resume);
        command.Options.Add(seeds);
    }

    /// <summary>Whether a run is to go on.</summary>
    public bool IsResuming(ParseResult parsed) => parsed.GetValue(resume) is not null;

    /// <summary>Starts the run that the arguments ask for, or goes on with it, or runs it with several seeds; and reports.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="session">Streams, seed, arithmetic.</param>
    /// <param name="settings">The options of the command.</param>
    /// <param name="complete">Adds to the plan of a new run what is no option; null for nothing.</param>
    /// <param name="keepsFilm">Whether a frame of particles is kept after every epoch.</param>
    /// <returns>The exit code.</returns>
    public int Run(ParseResult parsed, Session session, SettingOptions settings, Func<RunPlan, RunPlan>? complete = null,
        bool keepsFilm = false)
    {
        var request = new RunRequest
        {
            Folder = parsed.GetValue(outFolder),
            Force = parsed.GetValue(force),
            KeepsFilm = keepsFilm,
            CommandLine = CommandLineText.Of(parsed)
        };
        if (parsed.GetValue(resume) is string path) return TrainCommand.Report(session, Resume(parsed, session, settings, path, request));
        if (parsed.GetValue(seeds) is not int count)
            return TrainCommand.Report(session, RunLauncher.Start(Plan(), session.Context, request));
        return SeedRunsOutput.Report(session, SeedRuns.Run(Plan(), count, session.Context, request));

        RunPlan Plan()
        {
            RunPlan plan = RunPlan.From(settings.Collect(parsed));
            return complete?.Invoke(plan) ?? plan;
        }
    }

    RunOutcome Resume(ParseResult parsed, Session session, SettingOptions settings, string path, RunRequest request)
    {
        if (parsed.GetValue(outFolder) is not null)
            throw new BadInputException("--resume continues a run in its own folder; --out does not go with it");
        if (parsed.GetValue(force)) throw new BadInputException("--resume continues a run, --force replaces one; choose");
        if (parsed.GetValue(seeds) is not null)
            throw new BadInputException("--resume continues one run; runs of several --seeds are continued by the command that began them");
        RunFolder folder = RunFolder.Resume(path);
        // Settings of another kind would be read in the words of this one.
        if (folder.Settings.Text("model") is string made && made != Command(parsed)
            && (RatingPlan.Name == made || RatingPlan.Name == Command(parsed)
                || ModelKind.All.Count(kind => kind.Name == made || kind.Name == Command(parsed)) == 2))
            throw new BadInputException($"{folder.Path}: is a run of train {made}; expected train {made} --resume {folder.Path}");
        return RunLauncher.Resume(folder, RunPlan.From(settings.Collect(parsed, folder.Settings)), session.Context, request);
    }

    static string Command(ParseResult parsed) => parsed.CommandResult.Command.Name;
}
