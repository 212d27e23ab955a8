namespace Boltzmann.Reporting;

/// <summary>The units of a layer in a few words: "784 bernoulli units", "3 × 4 categories", "3 gaussian + 2 bernoulli units".</summary>
static class UnitWords
{
    const int MostParts = 3;

    /// <summary>The words.</summary>
    public static string Of(Layer layer)
    {
        if (layer is MultinomialLayer softmax)
            return $"{(softmax.Blocks == 1 ? "" : $"{softmax.Blocks} × ")}{softmax.Categories} categories"
                + (softmax.Draws == 1 ? "" : $", {softmax.Draws} draws");
        if (layer is not MixedLayer mixed) return $"{layer} units";
        var parts = mixed.Parts.GroupBy(part => part.Kind).Select(kind => $"{kind.Sum(part => part.Units)} "
            + (kind.Key == MultinomialLayer.Name ? "one-hot" : kind.Key)).ToArray();
        return parts.Length > MostParts ? $"{layer.Units} units of {parts.Length} kinds" : $"{string.Join(" + ", parts)} units";
    }
}
