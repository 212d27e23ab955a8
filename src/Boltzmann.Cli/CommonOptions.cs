using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli;

/// <summary>Options of every command.</summary>
sealed class CommonOptions
{
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "One JSON document on standard output; all else goes to standard error.",
        Recursive = true
    };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress; warnings stay.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "A stack trace with an error.", Recursive = true };

    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Decides everything random: the same seed, settings and data give the same result.",
        DefaultValueFactory = _ => Rng.DefaultSeed,
        Recursive = true
    };

    public Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads to compute with; 0 for all cores. The result does not depend on it.",
        DefaultValueFactory = _ => 0,
        Recursive = true
    };

    public Option<string> Cores { get; } = ChoiceOption.Of("--cores", "measured",
        "How far apart the threads' cores are: near (they share a cache), far (on several dies), or measured. The result does not depend "
        + "on it.", Binding.Words<CoreDistance>());

    public Option<string> Precision { get; } = new("--precision")
    {
        Description = "Precision of the numbers in training.",
        HelpName = "float32|float64",
        DefaultValueFactory = _ => "float32",
        Recursive = true
    };

    public Option<string?> DataFolder { get; } = new("--data-folder")
    {
        Description = "Folder of named data sets, looked into before BOLTZMANN_DATA and the user's cache.",
        HelpName = "FOLDER",
        Recursive = true
    };

    public Option<bool> HelpAll { get; } = new("--help-all")
    {
        Description = "All options of the command, in full.",
        Recursive = true,
        Action = new HelpPageAction(isWhole: true),
    };

    public void AddTo(Command root)
    {
        Cores.Recursive = true;
        Precision.AcceptOnlyFromAmong("float32", "float64");
        Threads.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int threads) && threads is < 0 or > 1024)
                result.AddError("--threads must be between 0 and 1024");
        });
        root.Options.Add(Json);
        root.Options.Add(Quiet);
        root.Options.Add(Verbose);
        root.Options.Add(Seed);
        root.Options.Add(Threads);
        root.Options.Add(Cores);
        root.Options.Add(Precision);
        root.Options.Add(DataFolder);
        root.Options.Add(HelpAll);
    }
}
