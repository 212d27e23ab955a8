using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Ratings;

/// <summary>Options of several commands that ask a machine of ratings.</summary>
static class RatingOptions
{
    /// <summary>What a machine is told.</summary>
    public static Option<string?> Known(string name) => File(name, "Machines of ratings: file of the ratings that are known. By default "
        + "those it learned from.");

    /// <summary>What it is told of who rated what.</summary>
    public static Option<string?> Rated() => File("--rated", "Machines of ratings that are conditional: file of pairs known to be rated, "
        + "whatever the rating.");

    /// <summary>A file of ratings or pairs.</summary>
    public static Option<string?> File(string name, string description) => new Option<string?>(name)
    {
        Description = description,
        HelpName = "FILE",
    }.In(HelpGroup.Data);
}
