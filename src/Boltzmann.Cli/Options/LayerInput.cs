using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>Which hidden layer of a model rows go up to, and how.</summary>
sealed class LayerInput
{
    public Option<int?> Layer { get; } = NumberOption.OptionalWhole("--layer", 1,
        "How far up, 1 being the first hidden layer; the top one when left out.");

    public Option<string[]> Layers { get; } = new("--layers")
    {
        Description = "Several hidden layers, whose features come side by side, by "
        + "number or, of a graph, by name; instead of --layer.",
        HelpName = "NUMBER|NAME",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore
    };
}
