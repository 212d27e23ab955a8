using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli;

/// <summary>The options of a search for settings, beside those of the training that is searched.</summary>
/// <param name="unchanged">The training without any options, whose default ranges help tells.</param>
sealed class TuneOptions(RunPlan unchanged)
{
    readonly Option<string[]?> over = new Option<string[]?>("--over")
    {
        Description = "What is searched: a list such as hidden=128,256,512, or a range such as learning-rate=0.01..0.3. A range whose ends "
            + "are above 0 and a factor of 10 or more apart is drawn by its logarithm; log: or linear: before it settles that. Whole ends "
            + $"give whole numbers. By default {string.Join(' ', SearchSpace.DefaultsOf(unchanged))}, without what is stated as an option.",
        HelpName = "NAME=VALUES",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    }.In(HelpGroup.Search, isMain: true);

    readonly Option<int> budget = NumberOption.Whole("--budget", 20, 2, "Settings to try. A third of them is trained three times as long, "
        + "and so on up to --epochs.").In(HelpGroup.Search, isMain: true);

    readonly Option<string?> metric = new Option<string?>("--metric")
    {
        Description = "The metric of held-out rows to choose by. By default the most important one that the training measures.",
        HelpName = "NAME",
    }.In(HelpGroup.Search, isMain: true);

    readonly Option<int?> firstEpochs = NumberOption.OptionalWhole("--first-epochs", 1, "Epochs of the first round. By default a ninth of "
        + "--epochs.").In(HelpGroup.Search, isMain: true);

    readonly Option<string?> outFolder = new Option<string?>("--out")
    {
        Description = "The folder of the search: a run folder for each trial, tune.json and tune.html. By default under runs/.",
        HelpName = "FOLDER",
    }.In(HelpGroup.Output, isMain: true);

    readonly Option<bool> force = new Option<bool>("--force") { Description = "Replace a search that is in the folder." }
        .In(HelpGroup.Output, isMain: true);

    readonly Option<string?> resume = new Option<string?>("--resume")
    {
        Description = "Continue the search in this folder. The command that began it does so too.",
        HelpName = "FOLDER",
    }.In(HelpGroup.Output, isMain: true);

    // Of the training's options those that say what is learned; how is what is searched.
    static readonly string[] main = ["--data", "--label-column", "--train-rows", "--validation-rows", "--visible-units", "--hidden",
        "--method", "--epochs", "--task"];

    // The search itself stops trials.
    static readonly string[] refused = ["--early-stopping", "--patience"];

    public void AddTo(Command command, IEnumerable<Option> settings)
    {
        settings = [.. settings];
        foreach (Option option in settings)
        {
            option.In(HelpNotes.GroupOf(option), isMain: main.Contains(option.Name));
            option.Hidden = refused.Contains(option.Name);
        }
        foreach (Option option in (Option[])[over, budget, metric, firstEpochs, .. settings, outFolder, force, resume])
            command.Options.Add(option);
    }

    /// <summary>The search that is to be continued; null for a new one.</summary>
    public string? Folder(ParseResult parsed) => parsed.GetValue(resume);

    /// <summary>Searches the settings of a training.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="session">Streams, seed, arithmetic.</param>
    /// <param name="training">The training.</param>
    /// <param name="settings">Its options.</param>
    /// <exception cref="BadInputException">An option is given that is searched.</exception>
    public TuneResult Run(ParseResult parsed, Session session, RunPlan training, IEnumerable<Option> settings)
    {
        string[] ranges = parsed.GetValue(over) ?? [];
        string[] given = [.. settings.Where(option => parsed.IsGiven(option)).Select(option => option.Name.TrimStart('-'))];
        if (ranges.Select(SettingRange.Parse).FirstOrDefault(range => given.Contains(range.Name)) is SettingRange twice)
            throw new BadInputException($"--{twice.Name} is searched by --over {twice.Text}; leave one of them out");
        var plan = new TunePlan(training)
        {
            // What somebody has stated is not searched.
            Over = ranges.Length > 0 ? ranges
                : [.. SearchSpace.DefaultsOf(training).Where(text => !given.Contains(SettingRange.Parse(text).Name))],
            Budget = parsed.GetValue(budget),
            Metric = parsed.GetValue(metric),
            FirstEpochs = parsed.GetValue(firstEpochs),
        };
        if (plan.Over.Count == 0) throw new BadInputException("all that is searched by default is given; expected --over NAME=VALUES");
        return Tuner.Run(plan, session.Context, new()
        {
            Folder = parsed.GetValue(outFolder),
            Force = parsed.GetValue(force),
            CommandLine = CommandLineText.Of(parsed),
        });
    }

    /// <summary>Continues a search.</summary>
    /// <inheritdoc cref="Run"/>
    public TuneResult Resume(ParseResult parsed, Session session, string folder, IEnumerable<Option> settings)
    {
        Option[] own = [over, budget, metric, firstEpochs, outFolder, force, .. settings];
        if (Array.Find(own, parsed.IsGiven) is Option surplus)
            throw new BadInputException($"--resume continues a search with its own settings; {surplus.Name} does not go with it");
        return Tuner.Resume(folder, session.Context, new() { CommandLine = CommandLineText.Of(parsed) });
    }
}
