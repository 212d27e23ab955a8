using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann train.</summary>
static class TrainCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var command = new Command("train", "Learns a model and writes a run folder.");
        _ = open;
        return command;
    }
}
