using System.CommandLine;
using Boltzmann.Cli.Temporal;

namespace Boltzmann.Cli;

/// <summary>The MODEL of a command: a model file, a checkpoint, or the folder of a run.</summary>
sealed class ModelInput
{
    public Argument<string> Argument { get; } = new("MODEL")
    {
        Description = "A model file (.safetensors), a checkpoint, or the folder of "
        + "a run."
    };

    /// <summary>Opens any model of rows.</summary>
    /// <param name="parsed">Names it.</param>
    /// <param name="session">Shows that it is being read.</param>
    /// <param name="placement">Where it will compute.</param>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public TrainedModel Open(ParseResult parsed, Session session, Placement placement)
    {
        string path = parsed.GetValue(Argument)!;
        SequenceAlternative.RequireRows(path, parsed.CommandResult.Command.Name);
        return session.Track($"reading {path}", () => TrainedModel.Load(path, placement));
    }
}
