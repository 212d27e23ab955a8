using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>Which hidden layer of a model rows go up to, and how.</summary>
sealed class LayerInput
{
    public Option<int?> Layer { get; } = NumberOption.OptionalWhole("--layer", 1, "How far up, 1 being the first hidden layer; the top one when left out.");

    /// <summary>The layer asked for.</summary>
    /// <exception cref="BadInputException">The model has no such layer.</exception>
    public int Of(ParseResult parsed, LoadedModel model) => Of(parsed, model, model.Stack.Machines.Count);

    /// <summary>The layer asked for, of so many.</summary>
    /// <exception cref="BadInputException">The model has no such layer.</exception>
    public int Of(ParseResult parsed, LoadedFile model, int top)
    {
        if (top == 0) throw new BadInputException($"{model.Path} has no hidden layer, only a head");
        return (parsed.GetValue(Layer) ?? top) is var layer && layer <= top ? layer
            : throw new BadInputException($"--layer {layer}: {model.Path} has {(top == 1 ? "1 hidden layer" : $"{top} hidden layers")}");
    }
}
