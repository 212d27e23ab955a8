namespace Boltzmann.Models;

/// <summary>
/// Joins each unit of a layer to the unit of the same number in another, by weights of 1: φ = x_aᵀ·x_b. It has no parameters; a context
/// layer so joined holds what is added to the other layer's inputs.
/// </summary>
/// <param name="lower">Number of the lower layer.</param>
/// <param name="upper">Number of the upper layer, of as many units.</param>
sealed class Direct(int lower, int upper) : Interaction(lower, upper)
{
    /// <inheritdoc/>
    public override string Name => $"direct.{lower}-{upper}";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override string? Complaint(IReadOnlyList<Layer> layers) => layers[lower].Units == layers[upper].Units ? null
        : $"{layers[lower].Units} units cannot be joined one by one to {layers[upper].Units}";

    /// <inheritdoc/>
    public override void SetInputs(State state, int layer, Matrix destination, double scale, double keep)
    {
        Matrix other = state[layer == upper ? lower : upper];
        if (keep == 0) destination.SetSum(other, scale);
        else destination.SetSum(destination, keep, other, scale);
    }

    /// <summary>Nothing: there are no parameters.</summary>
    public override void AddMoments(State state, Matrix? rowWeights, double scale, InteractionGradient gradient) { }

    /// <inheritdoc/>
    public override void AddInputMoments(State state, int layer, Matrix direction, double scale, InteractionGradient gradient) { }

    /// <inheritdoc/>
    public override void Center(IReadOnlyList<Matrix> offsets, IReadOnlyList<Matrix> differences, InteractionGradient gradient,
        IReadOnlyList<Matrix> biases, BiasProjections projections)
    { }

    /// <inheritdoc/>
    public override Interaction On(Func<int, int> numberOf) => new Direct(numberOf(lower), numberOf(upper));

    /// <inheritdoc/>
    public override Interaction CloneFor(IReadOnlyList<Layer> layers) => new Direct(lower, upper);
}
