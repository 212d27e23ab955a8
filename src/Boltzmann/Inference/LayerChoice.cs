using System.Text;
using System.Text.Json.Nodes;

namespace Boltzmann.Inference;

/// <summary>Which hidden layers of a model are meant.</summary>
static class LayerChoice
{
    /// <summary>The layers asked for, by one number or by several numbers and names.</summary>
    /// <param name="layer">From 1; null for the top one.</param>
    /// <param name="several">Instead of it; null or empty for none.</param>
    /// <param name="model">The model.</param>
    /// <param name="top">How many hidden layers there are.</param>
    /// <exception cref="BadInputException">The model has no such layer, both are given, or a layer twice.</exception>
    public static int[] AllOf(int? layer, IReadOnlyList<string>? several, LoadedFile model, int top)
    {
        if (several is not { Count: > 0 }) return [Of(layer, model, top)];
        if (layer is not null) throw new BadInputException("--layer asks for one layer, --layers for several; choose");
        RequireHidden(model, top);
        int[] layers = [.. several.Select(text => Check("--layers", int.TryParse(text, out int number) ? number : Number(text, model),
            model, top))];
        // Columns are called by their layers.
        if (layers.GroupBy(l => l).FirstOrDefault(same => same.Count() > 1)?.Key is int twice)
            throw new BadInputException($"--layers {string.Join(' ', several)}: asks for layer {twice} twice");
        return layers;
    }

    /// <summary>The layer asked for.</summary>
    /// <param name="layer">From 1; null for <paramref name="otherwise"/>.</param>
    /// <param name="model">Named in messages.</param>
    /// <param name="top">How many hidden layers there are.</param>
    /// <param name="otherwise">The top one when null, and 0, the rows themselves, where there are no others.</param>
    /// <exception cref="BadInputException">The model has no such layer.</exception>
    public static int Of(int? layer, LoadedFile model, int top, int? otherwise = null)
    {
        if (otherwise == 0 && layer is null) return 0;
        RequireHidden(model, top);
        return Check("--layer", layer ?? otherwise ?? top, model, top);
    }

    static int Check(string option, int layer, LoadedFile model, int top) => layer >= 1 && layer <= top ? layer
        : throw new BadInputException($"{option} {layer}: {model.Path} has {(top == 1 ? "1 hidden layer" : $"{top} hidden layers")}");

    // There must be something that rows could go up to.
    static void RequireHidden(LoadedFile model, int top)
    {
        if (top == 0) throw new BadInputException($"{model.Path} has no hidden "
            + $"layer{(model.Description.Model == ModelKind.Network.Name ? ", only a head" : "")}");
    }

    // The number of a hidden layer among the hidden ones, by the name that the description of its graph gave it.
    static int Number(string name, LoadedFile model)
    {
        if (GraphOf(model) is not GraphDescription graph) throw new BadInputException($"--layers {name}: {model.Path} numbers its hidden "
            + "layers from 1 and names none; train graph names them");
        int[] hidden = [.. Enumerable.Range(0, graph.Names.Count).Except(graph.Graph.Visible)];
        int number = Array.FindIndex(hidden, l => graph.Names[l] == name);
        string problem = graph.Names.Contains(name) ? $"'{name}' is a visible layer of {model.Path}"
            : $"{model.Path} has no layer of that name";
        return number >= 0 ? number + 1 : throw new BadInputException($"--layers {name}: {problem}; its hidden layers are "
            + string.Join(", ", hidden.Select(l => graph.Names[l])));
    }

    static GraphDescription? GraphOf(LoadedFile model) => model.Description.Training?["graph"] is JsonNode graph
        ? GraphDescription.Parse(Encoding.UTF8.GetBytes(graph.ToJsonString()), model.Path)
        : null;
}
