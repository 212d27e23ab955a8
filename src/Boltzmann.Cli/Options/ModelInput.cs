using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>The MODEL of a command: a model file, a checkpoint, or the folder of a run.</summary>
sealed class ModelInput
{
    public Argument<string> Argument { get; } = new("MODEL")
    {
        Description = "A model file (.safetensors), a checkpoint, or the folder of "
        + "a run."
    };

    /// <summary>Opens any model.</summary>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public TrainedModel Open(ParseResult parsed, Placement placement) => TrainedModel.Load(parsed.GetValue(Argument)!, placement);
}
