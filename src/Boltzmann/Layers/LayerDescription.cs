using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>One layer as a model file describes it.</summary>
/// <param name="Units">The kind of units: bernoulli, spin, gaussian, multinomial, relu, or one of the user's own.</param>
/// <param name="Size">Number of columns the layer takes in a matrix.</param>
/// <param name="Categories">Multinomial: categories of each softmax; the size is a multiple of it. The whole layer when absent.</param>
/// <param name="Draws">Multinomial: draws from each softmax; one when absent.</param>
/// <param name="Normalized">Layers of a network: whether their inputs are batch-normalised.</param>
public sealed record LayerDescription(string Units, int Size, int? Categories = null, int? Draws = null, bool Normalized = false)
{
    /// <summary>The kinds of units that <see cref="ModelFile.Load(string, Placement?)"/> can make.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [BernoulliLayer.Name, SpinLayer.Name, GaussianLayer.Name, MultinomialLayer.Name, ReluLayer.Name];

    /// <summary>Describes a layer.</summary>
    public static LayerDescription Of(Layer layer) =>
        layer is MultinomialLayer softmax ? new(layer.Kind, layer.Units, softmax.Categories, softmax.Draws) : new(layer.Kind, layer.Units);

    /// <summary>The parameters that a file has of such a layer; of kinds that the library does not have, the bias alone is known.</summary>
    internal IReadOnlyList<string> ParameterNames => Units is GaussianLayer.Name or ReluLayer.Name ? ["bias", "precision"] : ["bias"];

    /// <summary>A layer of this kind and size, its parameters as new; null for a kind that the library does not have.</summary>
    internal Layer? Create(Placement placement) => Units switch
    {
        BernoulliLayer.Name => new BernoulliLayer(Size, placement),
        SpinLayer.Name => new SpinLayer(Size, placement),
        GaussianLayer.Name => new GaussianLayer(Size, placement: placement),
        MultinomialLayer.Name => new MultinomialLayer(Size, Categories ?? Size, Draws ?? 1, placement),
        ReluLayer.Name => new ReluLayer(Size, placement: placement),
        _ => null,
    };

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["units"] = Units, ["size"] = Size };
        if (Categories is int categories) json["categories"] = categories;
        if (Draws is int draws) json["draws"] = draws;
        if (Normalized) json["normalized"] = true;
        return json;
    }

    internal string ToWords() =>
        $"{Size} {Quoted.Text(Units).Trim('\'')} units{(Categories is int k ? $" in blocks of {k}" : "")}{(Draws > 1 ? $" with {Draws} draws" : "")}";

    /// <summary>What is wrong with it, in words that follow "layer I"; null if nothing is.</summary>
    internal string? Fault() =>
        Size < 1 ? $"has size {Size}; expected 1 or more"
        : Size > Layer.MaximumUnits ? $"has size {Size}; expected at most {Layer.MaximumUnits}"
        : Units != MultinomialLayer.Name && (Categories ?? Draws) is not null ? $"has categories or draws, but {Quoted.Text(Units)} units"
        : Categories < 1 || Size % (Categories ?? 1) != 0 ? $"has {Categories} categories, which do not divide its size {Size}"
        : Draws < 1 ? $"has {Draws} draws; expected 1 or more"
        : null;
}
