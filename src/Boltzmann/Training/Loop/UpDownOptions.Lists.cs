namespace Boltzmann.Training;

/// <content>The ordered lists of what a step does besides estimating and updating.</content>
public sealed partial record UpDownOptions
{
    /// <summary>
    /// The penalties of a network, in the order in which they are applied to the gradient of a step, given the usual one: weight decay, if
    /// it is asked for. <c>(model, usual) => [.. usual, new Mine()]</c> adds one after it. It makes new ones for each trainer, since they
    /// may keep memory of one network. Null for the usual one.
    /// </summary>
    public Func<Dbn, IReadOnlyList<IPenalty>, IReadOnlyList<IPenalty>>? Penalties { get; init; }

    /// <summary>
    /// The constraints of a network, in the order in which they are applied after an update, given the usual one, which is positivity. A
    /// trainer with a list of its own keeps no other constraint. Null for the usual one.
    /// </summary>
    public Func<Dbn, IReadOnlyList<IConstraint>, IReadOnlyList<IConstraint>>? Constraints { get; init; }

    internal IReadOnlyList<IPenalty> PenaltiesOf(Dbn model)
    {
        IReadOnlyList<IPenalty> usual = L2 > 0 ? [new WeightPenalty(L2)] : [];
        return Penalties is null ? usual : [.. Penalties(model, usual)];
    }

    internal IReadOnlyList<IConstraint> ConstraintsOf(Dbn model)
    {
        IReadOnlyList<IConstraint> usual = [new Positivity(model.Parameters)];
        return Constraints is null ? usual : [.. Constraints(model, usual)];
    }
}
