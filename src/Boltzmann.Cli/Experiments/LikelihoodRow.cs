using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Experiments;

/// <summary>One way of learning in the likelihood table.</summary>
/// <param name="Run">What its folder is called, after the experiment.</param>
/// <param name="Name">What the table calls it.</param>
/// <param name="Published">The number of the literature for it, in words; empty for none.</param>
/// <param name="Epochs">Passes over the rows.</param>
/// <param name="Arguments">Of `train rbm`, besides those that all rows share.</param>
/// <param name="IsFixed">Whether it learns the fixed binarisation; grey values drawn afresh at each presentation otherwise.</param>
sealed record LikelihoodRow(string Run, string Name, string Published, int Epochs, string[] Arguments, bool IsFixed = false)
{
    // Settings came from runs judged by held-out training rows: docs/design-notes.md.
    static readonly string[] persistent = ["--method", "pcd", "--steps", "5", "--chains", "100", "--learning-rate", "0.05", "--learning-rate-end", "0.0001"];

    static readonly string[] quickly = ["--learning-rate", "0.05", "--learning-rate-end", "0.0005"];

    /// <summary>The row whose pictures and settings the page shows.</summary>
    public static LikelihoodRow Main { get; } = new("pcd-5", "PCD-5, 100 chains", "-84.86 (AIS), -96.61 (reverse): centred PCD, PyDeep", 150, ["--hidden", "500", .. persistent]);

    /// <summary>Machines whose likelihood is estimated.</summary>
    public static IReadOnlyList<LikelihoodRow> Large { get; } =
    [
        new("cd-1", "CD-1", "-125.5 (Salakhutdinov and Murray 2008)", 50, ["--hidden", "500", "--method", "cd", "--sample-visible", .. quickly]),
        new("cd-25", "CD-25", "-86.3 (growing k; same)", 10, ["--hidden", "500", "--method", "cd", "--sample-visible", "--steps", "25", .. quickly]),
        new("pcd-1", "PCD-1, 100 chains", "", 50, ["--hidden", "500", "--method", "pcd", .. quickly]),
        new("pt", "tempering, 5 temperatures of 50 chains", "", 15, ["--hidden", "500", "--method", "pt", "--temperatures", "5", "--chains", "50", .. quickly]),
        new("pcd-5-fixed", "PCD-5, the fixed binarisation alone", "", 400, ["--hidden", "500", "--method", "pcd", "--steps", "5", "--chains", "100", "--learning-rate", "0.05", "--learning-rate-end", "0.00005"], IsFixed: true),
        Main,
    ];

    /// <summary>Machines small enough to enumerate.</summary>
    public static IReadOnlyList<LikelihoodRow> Small { get; } =
    [
        new("20-cd-1", "20 hidden, CD-1", "about -164.5 (Salakhutdinov and Murray 2008)", 50, ["--hidden", "20", "--method", "cd", "--sample-visible", .. quickly]),
        new("20-pcd-5", "20 hidden, PCD-5", "about -150.1 (PCD; Burda, Grosse and Salakhutdinov 2015)", 50, ["--hidden", "20", .. persistent]),
    ];

    /// <summary>Its finished run, made first if it has not been.</summary>
    public RunFolder Complete(ExperimentContext context, string name)
    {
        string[] data = IsFixed
            ? ["--data", "binarized-mnist", "--binarize", "none", "--metrics", "reconstruction-error", "pseudo-likelihood", "free-energy-gap", "weight-norm", "hidden-activity", "validation-log-likelihood:20", "--train-rows", context.Quick ? "2000" : "50000"]
            : ["--data", "mnist", "--binarize", "stochastic", "--metrics", "free-energy-gap", "weight-norm", "validation-log-likelihood:25", .. context.Quick ? (string[])["--train-rows", "2000"] : []];
        RunSettings settings = TrainSettings.FromArguments([.. data, "--batch-size", "100", "--momentum", "0.5", "--l2", "0", "--epochs", context.Quick ? "1" : $"{Epochs}", .. Arguments]);
        return TrainingLauncher.Complete(context.Session.Context, settings, Path.Combine(context.Runs, $"{name}-{Run}"), context.CommandLine).Folder;
    }
}
