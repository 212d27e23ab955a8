namespace Boltzmann.Networks;

/// <content>The ordered lists of what a step does besides passing errors back and updating.</content>
public sealed partial record NetworkTrainerOptions
{
    /// <summary>
    /// The penalties of a network, in the order in which they are applied to the gradient of a step, given the usual ones: the weight decay
    /// of each layer that has some. <c>(network, usual) => [.. usual, new Mine()]</c> adds one after them. It makes new ones for each
    /// trainer, since they may keep memory of one network. Null for the usual ones.
    /// </summary>
    public Func<Network, IReadOnlyList<IPenalty>, IReadOnlyList<IPenalty>>? Penalties { get; init; }

    /// <summary>
    /// The constraints of a network, in the order in which they are applied after an update, given the usual one: the greatest norm, if it
    /// is asked for. A trainer with a list of its own keeps no other constraint. Null for the usual one.
    /// </summary>
    public Func<Network, IReadOnlyList<IConstraint>, IReadOnlyList<IConstraint>>? Constraints { get; init; }

    internal IReadOnlyList<IPenalty> PenaltiesOf(Network network)
    {
        List<IPenalty> usual = [];
        for (int l = 0; l < network.Layers.Count; l++)
            if (OfLayer(L2, l) > 0) usual.Add(new WeightPenalty(OfLayer(L2, l), weights: network.Layers[l].Weights));
        return Penalties is null ? usual : [.. Penalties(network, usual)];
    }

    internal IReadOnlyList<IConstraint> ConstraintsOf(Network network)
    {
        List<IConstraint> usual = [];
        if (double.IsFinite(MaxNorm)) usual.Add(new MaxNorm([.. network.Layers.SkipLast(1).Select(layer => layer.Weights)], MaxNorm));
        return Constraints is null ? usual : [.. Constraints(network, usual)];
    }
}
