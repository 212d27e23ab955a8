namespace Boltzmann.Models;

/// <summary>Which layers of a <see cref="LayeredModel"/> are joined, and which of them data clamp.</summary>
/// <param name="Connections">Pairs of numbers of layers, the lower first.</param>
/// <param name="Visible">The layers that data clamp.</param>
/// <param name="Labels">The one among them that classes clamp; null for none.</param>
public sealed record LayerGraph(IReadOnlyList<(int Lower, int Upper)> Connections, IReadOnlyList<int> Visible, int? Labels = null)
{
    /// <summary>Pairs of numbers of layers, the lower first.</summary>
    public IReadOnlyList<(int Lower,
        int Upper)> Connections
    { get; } = [.. Connections.Select(c => (Math.Min(c.Lower, c.Upper), Math.Max(c.Lower, c.Upper)))];

    /// <summary>The layers that data clamp, in order.</summary>
    public IReadOnlyList<int> Visible { get; } = [.. Visible.Order()];

    /// <summary>
    /// By the number of a layer that is joined to itself, the pairs of its units that are joined, where not all of them are; their order is
    /// that of the weights.
    /// </summary>
    public IReadOnlyDictionary<int, IReadOnlyList<(int Unit, int Other)>> Edges { get; init; } = new Dictionary<int,
        IReadOnlyList<(int, int)>>();

    /// <summary>Whether layers, pairs, edges and visible layers are the same.</summary>
    public bool Equals(LayerGraph? other) =>
        other is not null && Connections.SequenceEqual(other.Connections) && Visible.SequenceEqual(other.Visible) && Labels == other.Labels
        && Edges.Count == other.Edges.Count
            && Edges.All(e => other.Edges.TryGetValue(e.Key, out var pairs) && e.Value.SequenceEqual(pairs));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Connections.Count, Visible.Count, Labels, Edges.Count);

    /// <summary>What is wrong with it for these layers, in words that follow "the graph"; null if nothing is.</summary>
    internal string? Fault(IReadOnlyList<LayerDescription> layers, IReadOnlyList<string>? names = null)
    {
        string Name(int layer) => names is null ? $"layer {layer}" : Quoted.Text(names[layer]);
        if (layers.Count > LayerSet.MaximumLayers) return $"has {layers.Count} layers; expected at most {LayerSet.MaximumLayers}";
        foreach (int layer in (int[])[.. Connections.SelectMany(c => (int[])[c.Lower, c.Upper]), .. Visible,
            .. Labels is int l ? [l] : (int[])[]])
            if ((uint)layer >= (uint)layers.Count) return $"names layer {layer}, but has layers 0 to {layers.Count - 1}";
        if (Connections.GroupBy(c => c).FirstOrDefault(same => same.Count() > 1)?.Key is (int lower, int upper))
            return $"joins {Name(lower)} and {Name(upper)} twice";
        for (int layer = 0; layer < layers.Count; layer++)
            if (!Connections.Any(c => c.Lower == layer || c.Upper == layer)) return $"joins {Name(layer)} to nothing";
        foreach (var (layer, other) in Connections)
            if (layer == other && !layers[layer].CanBeJoined)
                return $"joins {Name(layer)} to itself, but has {Quoted.Text(layers[layer].Units)} units there; only bernoulli, spin and "
                    + "one-hot multinomial units can be joined within their layer";
        foreach (var (layer, pairs) in Edges.OrderBy(e => e.Key))
            if ((uint)layer >= (uint)layers.Count || !Connections.Contains((layer, layer))) return "has edges of "
                + $"{((uint)layer < (uint)layers.Count ? Name(layer) : $"layer {layer}")}, which is not joined to itself; edges join units "
                + "of one layer";
            else if (!layers[layer].IsPair) return $"has edges of {Name(layer)}, but {Quoted.Text(layers[layer].Units)} units there; only "
                + "bernoulli and spin units can be joined along edges";
            else if (pairs.Count == 0) return $"has no pair among the edges of {Name(layer)}";
            else if (EdgeList.Fault(layers[layer].Size, pairs) is string fault)
                return $"has edges of {Name(layer)} that cannot be: {fault}";
        foreach (int layer in Visible)
            if (layers[layer].IsContext)
                return $"has {Quoted.Text(layers[layer].Units)} units at {Name(layer)}, which are given and cannot be visible units";
        foreach (var (layer, other) in Connections)
            if (layers[layer].IsContext && layers[other].IsContext)
                return $"joins {Name(layer)} and {Name(other)}, which are both given: expected weights to layers that the machine models";
        if (Visible.Distinct().Count() < Visible.Count) return "has the same visible layer twice";
        if (Labels == 0) return $"has a first layer, {Name(0)}, of labels; expected another visible one first";
        if (!Visible.Contains(0)) return names is null ? "has layer 0 among the hidden ones; the first layer must be visible"
            : $"has a first layer, {Name(0)}, that needs \"visible\": true";
        var reached = new HashSet<int>(Visible);
        while (Connections.Any(c => reached.Contains(c.Lower) && reached.Add(c.Upper) || reached.Contains(c.Upper)
            && reached.Add(c.Lower))) { }
        for (int layer = 0; layer < layers.Count; layer++)
            if (!reached.Contains(layer)) return $"joins {Name(layer)} to no visible layer, not even through others";
        if (Labels is not int labels) return null;
        if (!Visible.Contains(labels)) return $"has labels at {Name(labels)}, which is not visible";
        return layers[labels].IsClasses ? null
            : $"has labels at {Name(labels)} of {layers[labels].ToWords()}; expected one block of at least 2 multinomial units, of which "
            + "one is drawn";
    }

    /// <summary>The tensors of the weights.</summary>
    internal IEnumerable<TensorShape> Tensors(IReadOnlyList<LayerDescription> layers) =>
        Connections.Select(c => new TensorShape(Dense.NameOf(c.Lower, c.Upper),
            EdgesOf(c) is { } pairs ? [pairs.Count] : [layers[c.Lower].Size, layers[c.Upper].Size]));

    /// <summary>Weights 0 for every pair.</summary>
    /// <exception cref="ArgumentException">The graph does not fit the layers.</exception>
    internal Interaction[] Joined(IReadOnlyList<Layer> layers) =>
        Fault([.. layers.Select(LayerDescription.Of)]) is string fault ? throw new ArgumentException($"the graph {fault}")
        : [.. Connections.Select(c => (Interaction)(EdgesOf(c) is { } pairs ? new Edges(layers, c.Lower,
            new EdgeList(layers[c.Lower].Units, pairs))
            : c.Lower == c.Upper ? new Within(layers, c.Lower) : new Dense(layers, c.Lower, c.Upper)))];

    IReadOnlyList<(int Unit, int Other)>? EdgesOf((int Lower, int Upper) pair) =>
        pair.Lower == pair.Upper ? Edges.GetValueOrDefault(pair.Lower) : null;
}
