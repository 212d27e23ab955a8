namespace Boltzmann.Cli;

/// <summary>What the columns of files and reports are called.</summary>
static class ColumnNames
{
    /// <summary>Names of the visible units: those of the data, of the model's training, or v0, v1, …</summary>
    public static IReadOnlyList<string> Visible(LoadedModel model, Dataset? data = null) => data?.ColumnNames ?? model.Data.ColumnNames ?? Numbered('v', model.Visible.Units);

    /// <summary>Names of the units of a hidden layer: h0, h1, …</summary>
    public static IReadOnlyList<string> Hidden(LoadedFile model, int layer) => Numbered('h', model.Description.Layers[layer].Size);

    static string[] Numbered(char letter, int count) => [.. Enumerable.Range(0, count).Select(i => $"{letter}{i}")];
}
