namespace Boltzmann;

/// <summary>One layer as a model file describes it.</summary>
/// <param name="Units">The kind of units: bernoulli, spin, gaussian, multinomial, relu.</param>
/// <param name="Size">Number of columns the layer takes in a matrix.</param>
/// <param name="Categories">Multinomial: categories of each softmax; the size is a multiple of it. The whole layer when absent.</param>
/// <param name="Draws">Multinomial: draws from each softmax; one when absent.</param>
public sealed record LayerDescription(string Units, int Size, int? Categories = null, int? Draws = null)
{
    /// <summary>The kinds of units that a file may name.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["bernoulli", "spin", "gaussian", "multinomial", "relu"];

    /// <summary>Whether the units have a quadratic potential, and so a tensor layers.I.precision.</summary>
    public bool HasPrecision => Units is "gaussian" or "relu";

    /// <summary>What is wrong with it, in words that follow "layer I"; null if nothing is.</summary>
    internal string? Fault() =>
        !Kinds.Contains(Units) ? $"has units {StoredTensor.Quoted(Units)}; expected one of {string.Join(", ", Kinds)}"
        : Size < 1 ? $"has size {Size}; expected 1 or more"
        : Units != "multinomial" && (Categories ?? Draws) is not null ? $"has categories or draws, but {Units} units"
        : Categories < 1 || Size % (Categories ?? 1) != 0 ? $"has {Categories} categories, which do not divide its size {Size}"
        : Draws < 1 ? $"has {Draws} draws; expected 1 or more"
        : null;
}
