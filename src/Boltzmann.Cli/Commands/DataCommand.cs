using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann data: named data sets, and what is in any.</summary>
static class DataCommand
{
    public static Command Create(Func<ParseResult, Session> open) =>
        new("data", "Data sets by name: what there is, how to get it, how it looks.")
    {
        DataListCommand.Create(open), DataGetCommand.Create(open), DataShowCommand.Create(open),
    };
}
