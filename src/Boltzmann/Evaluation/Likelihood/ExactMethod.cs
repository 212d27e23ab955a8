namespace Boltzmann.Evaluation;

/// <summary>One way to sum a model's distribution exactly: <see cref="EnumeratedLayers"/> or <see cref="GaussianPair"/>.</summary>
/// <param name="model">In double precision.</param>
abstract class ExactMethod(EnergyModel model)
{
    protected EnergyModel Model => model;

    public abstract double LogPartition(CancellationToken cancellation = default);

    /// <summary>Fills all layers with independent samples of the joint distribution.</summary>
    public abstract void Sample(State state, Rng rng);

    /// <summary>E[t(x)] for each parameter, in the order of the model's parameters.</summary>
    public abstract IReadOnlyList<Matrix> Moments();

    /// <summary>The way that serves this model.</summary>
    /// <exception cref="BadInputException">None does, or the model has no distribution.</exception>
    public static ExactMethod For(EnergyModel model, long maximumStates)
    {
        RequireOneLength(model);
        if (EnumeratedLayers.Fewest(model, maximumStates) is int[] layers) return new EnumeratedLayers(model, layers);
        if (GaussianPair.Is(model)) return new GaussianPair(model);
        throw new BadInputException($"{Complaint(model, maximumStates)}; estimate by annealed importance sampling (AIS) instead");
    }

    /// <summary>Why <see cref="For"/> finds no way, with the numbers; null if it does.</summary>
    public static string? Complaint(EnergyModel model, long maximumStates) => Exists(model, maximumStates) ? null
        : model.Layers.Any(layer => layer.DrawsByRow) ? RowsOwnDraws(model)
        : $"no layers whose states leave the others independent can be enumerated: {string.Join(", ", model.Layers.Select(Describe))}, and "
        + $"the limit is {maximumStates} states";

    /// <summary>Whether <see cref="For"/> finds a way.</summary>
    public static bool Exists(EnergyModel model, long maximumStates) => !model.Layers.Any(layer => layer.DrawsByRow) && (
        EnumeratedLayers.Fewest(model, maximumStates) is not null || GaussianPair.Is(model));

    /// <summary>Throws where the rows of a machine have draws of their own, and there is no one distribution of rows.</summary>
    /// <exception cref="BadInputException">They have.</exception>
    public static void RequireOneLength(EnergyModel model)
    {
        if (model.Layers.Any(layer => layer.DrawsByRow)) throw new BadInputException(RowsOwnDraws(model));
    }

    static string RowsOwnDraws(EnergyModel model) => $"rows of {model.Layers.First(layer => layer.DrawsByRow)} units have a "
        + "distribution, and a log Z, for each number of draws";

    protected List<Matrix> ZeroMoments() => [.. model.Parameters.Select(p => p.Value.Like(p.Value.Rows, p.Value.Columns))];

    /// <summary>Multiplies what the weights see by β: ∂(−E)/∂W = β·x_a·x_bᵀ.</summary>
    protected IReadOnlyList<Matrix> Tempered(IReadOnlyList<Matrix> moments)
    {
        if (model.Coupling == 1) return moments;
        foreach (Matrix m in moments.Skip(model.FirstParameterOf(0))) m.SetSum(m, model.Coupling);
        return moments;
    }

    static string Describe(Layer layer) => layer switch
    {
        { StateCount: long count } => $"{layer} units have {count} states",
        { Values.IsContinuous: true } => $"{layer} units are continuous",
        _ => $"{layer} units have more states than can be counted",
    };
}
