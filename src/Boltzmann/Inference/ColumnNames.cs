namespace Boltzmann.Inference;

/// <summary>What the columns of files and reports are called.</summary>
static class ColumnNames
{
    /// <summary>Names of the visible units: those of the data, of the model's training, or v0, v1, …</summary>
    public static IReadOnlyList<string> Visible(LoadedFile model, Dataset? data = null) =>
        data?.ColumnNames ?? model.Data.ColumnNames ?? Numbered('v', model.Columns);

    /// <summary>Names of the units of a hidden layer: h0, h1, …</summary>
    public static IReadOnlyList<string> Hidden(LoadedFile model, int layer) =>
        Numbered('h', model is LoadedModel generative ? generative.Model.Layers[layer].Units : model.Description.Layers[layer].Size);

    /// <summary>Names of the units of several hidden layers side by side: h0, h1, … of one, 1.h0, … 2.h0, … of more.</summary>
    public static IReadOnlyList<string> Hidden(LoadedFile model, IReadOnlyList<int> layers) => layers.Count == 1 ? Hidden(model, layers[0])
        : [.. layers.SelectMany(layer => Hidden(model, layer).Select(name => $"{layer}.{name}"))];

    static string[] Numbered(char letter, int count) => [.. Enumerable.Range(0, count).Select(i => $"{letter}{i}")];
}
