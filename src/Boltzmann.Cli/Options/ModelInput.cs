using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>The MODEL of a command: a model file, a checkpoint, or the folder of a run.</summary>
sealed class ModelInput
{
    public Argument<string> Argument { get; } = new("MODEL") { Description = "A model file (.safetensors), a checkpoint, or the folder of a run." };

    /// <summary>Reads any model that generates rows.</summary>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public LoadedModel Load(ParseResult parsed, Placement placement) => LoadedModel.Read(FileOf(parsed.GetValue(Argument)!), placement);

    /// <summary>The file that holds the model.</summary>
    public static string FileOf(string path)
    {
        if (!Directory.Exists(path)) return path;
        string model = Path.Combine(path, "model.safetensors"), checkpoint = Path.Combine(path, "checkpoint.safetensors");
        return File.Exists(model) ? model : File.Exists(checkpoint) ? checkpoint
            : throw new BadInputException($"{path}: is a folder without model.safetensors or checkpoint.safetensors; expected a model file or the folder of a run");
    }
}
