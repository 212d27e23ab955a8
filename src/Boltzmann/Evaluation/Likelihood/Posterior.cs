namespace Boltzmann.Evaluation;

/// <summary>
/// Exact sums over layers given the others, row by row: what <see cref="Exact"/> is for a whole machine. Memory is used again from row to
/// row.
/// </summary>
/// <param name="model">In double precision.</param>
/// <param name="free">The layers to sum over, at least one.</param>
sealed class Posterior(EnergyModel model, IReadOnlyList<int> free)
{
    readonly ConditionalModel conditional = new(model, free);
    ExactMethod? method;

    /// <summary>log Σ_free e^{−E} of a row: −F of its given layers.</summary>
    public double LogPartition(State state, int row, CancellationToken cancellation = default) =>
        MethodFor(state, row).LogPartition(cancellation) - conditional.OwnEnergy;

    /// <summary>E[t | given] for the parameters of the free layers and of the weights among them, in their order.</summary>
    public IReadOnlyList<Matrix> Moments(State state, int row) => MethodFor(state, row).Moments();

    // The closed form of Gaussian layers is worked out for its biases; enumeration reads them every time.
    ExactMethod MethodFor(State state, int row)
    {
        conditional.Set(state, row);
        return method is EnumeratedLayers ? method : method = ExactMethod.For(conditional, Exact.MaximumStates);
    }
}
