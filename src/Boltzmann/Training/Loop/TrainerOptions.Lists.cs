namespace Boltzmann;

/// <content>The ordered lists of what a step does besides estimating and updating.</content>
public sealed partial record TrainerOptions
{
    /// <summary>
    /// The gradient transforms of a machine, in the order in which they are applied, given the usual ones: those that the other settings
    /// ask for, which are dropout, centring, averages over the rows that have a unit, sparsity by
    /// hidden layer and weight penalties, in this order. <c>(model, usual) => [.. usual, new Mine()]</c> adds one after them. It makes new
    /// ones for each trainer, since they may keep memory
    /// of one machine. Null for the usual ones.
    /// </summary>
    public Func<EnergyModel, IReadOnlyList<IGradientTransform>, IReadOnlyList<IGradientTransform>>? Transforms { get; init; }

    /// <summary>
    /// The constraints of a machine, in the order in which they are applied after an update, given the usual ones: positivity, symmetry,
    /// the scale of double rectified units and, if it is asked for, the greatest norm. A trainer
    /// with a list of its own keeps no other constraint. Null for the usual ones.
    /// </summary>
    public Func<EnergyModel, IReadOnlyList<IConstraint>, IReadOnlyList<IConstraint>>? Constraints { get; init; }

    internal IReadOnlyList<IGradientTransform> TransformsOf(EnergyModel model)
    {
        List<IGradientTransform> usual = [];
        if (Dropout > 0) usual.Add(new Dropout(Dropout));
        if (Centering) usual.Add(new Centering(model));
        if (AveragePresent) usual.Add(new PresentAverage(model));
        foreach (var (h, layer) in model.HiddenLayers.Index())
            if (SparsityCost.At(h) > 0) usual.Add(new Sparsity(model, layer, SparsityTarget.At(h), SparsityCost.At(h), SparsityDamping));
        if (L2 > 0 || L1 > 0) usual.Add(new WeightPenalty(L2, L1));
        return Transforms is null ? usual : [.. Transforms(model, usual)];
    }

    internal IReadOnlyList<IConstraint> ConstraintsOf(EnergyModel model)
    {
        List<IConstraint> usual = [new Positivity(model.Parameters), new Symmetry(model)];
        if (UnitVariance.Serves(model)) usual.Add(new UnitVariance(model));
        if (double.IsFinite(MaxNorm)) usual.Add(new MaxNorm(model, MaxNorm));
        return Constraints is null ? usual : [.. Constraints(model, usual)];
    }
}
