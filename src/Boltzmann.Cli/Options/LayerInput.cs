using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;

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

    /// <summary>The layers asked for by either option, of so many.</summary>
    /// <exception cref="BadInputException">The model has no such layer, both options are given, or a layer twice.</exception>
    public int[] AllOf(ParseResult parsed, LoadedFile model, int top)
    {
        if (parsed.GetValue(Layers) is not { Length: > 0 } several) return [Of(parsed, model, top)];
        if (parsed.GetValue(Layer) is not null) throw new BadInputException("--layer asks for one layer, --layers for several; choose");
        RequireHidden(model, top);
        int[] layers = [.. several.Select(text => Check("--layers", int.TryParse(text, out int number) ? number : Number(text, model),
            model, top))];
        // Columns are called by their layers.
        if (layers.GroupBy(l => l).FirstOrDefault(same => same.Count() > 1)?.Key is int twice)
            throw new BadInputException($"--layers {string.Join(' ', several)}: asks for layer {twice} twice");
        return layers;
    }

    // The number of a hidden layer among the hidden ones, by the name that the description of its graph gave it.
    static int Number(string name, LoadedFile model)
    {
        if (GraphOf(model) is not GraphDescription graph) throw new BadInputException($"--layers {name}: {model.Path} numbers its hidden "
            + "layers from 1 and names none; train graph names them");
        int[] hidden = [.. Enumerable.Range(0, graph.Names.Count).Except(graph.Graph.Visible)];
        int number = Array.FindIndex(hidden, l => graph.Names[l] == name);
        return number >= 0 ? number + 1
            : throw new BadInputException($"--layers {name}: "
            + (graph.Names.Contains(name) ? $"'{name}' is a visible layer of {model.Path}" : $"{model.Path} has no layer of that name")
                + $"; its hidden layers are {string.Join(", ", hidden.Select(l => graph.Names[l]))}");
    }

    static GraphDescription? GraphOf(LoadedFile model) => model.Description.Training?["graph"] is JsonNode graph
        ? GraphDescription.Parse(Encoding.UTF8.GetBytes(graph.ToJsonString()), model.Path)
        : null;

    /// <summary>The layer asked for, of so many.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="model">Named in messages.</param>
    /// <param name="top">How many hidden layers there are.</param>
    /// <param name="otherwise">The layer when none is asked for: the top one when null, and 0, the rows themselves, where there are no
    /// others.</param>
    /// <exception cref="BadInputException">The model has no such layer.</exception>
    public int Of(ParseResult parsed, LoadedFile model, int top, int? otherwise = null)
    {
        if (otherwise == 0 && parsed.GetValue(Layer) is null) return 0;
        RequireHidden(model, top);
        return Check("--layer", parsed.GetValue(Layer) ?? otherwise ?? top, model, top);
    }

    /// <summary>A layer that there is.</summary>
    /// <exception cref="BadInputException">There is none of that number.</exception>
    public static int Check(string option, int layer, LoadedFile model, int top) => layer >= 1 && layer <= top ? layer
        : throw new BadInputException($"{option} {layer}: {model.Path} has {(top == 1 ? "1 hidden layer" : $"{top} hidden layers")}");

    /// <summary>Throws where there is nothing that rows could go up to.</summary>
    /// <exception cref="BadInputException">No hidden layer.</exception>
    public static void RequireHidden(LoadedFile model, int top)
    {
        if (top == 0) throw new BadInputException($"{model.Path} has no hidden "
            + $"layer{(model.Description.Model == ModelKind.Network.Name ? ", only a head" : "")}");
    }
}
