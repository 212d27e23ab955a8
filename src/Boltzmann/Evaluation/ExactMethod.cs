namespace Boltzmann;

/// <summary>One way to sum a two-layer model's distribution exactly: <see cref="EnumeratedPair"/> or <see cref="GaussianPair"/>.</summary>
abstract class ExactMethod(LayerPair pair)
{
    protected LayerPair Pair => pair;

    public abstract double LogPartition(CancellationToken cancellation);

    /// <summary>Fills both matrices with independent samples of the joint distribution.</summary>
    public abstract void Sample(Matrix lower, Matrix upper, Rng rng);

    /// <summary>E[t(x)] for each parameter, in the order of the model's parameters: lower layer, upper layer, weights.</summary>
    public abstract IReadOnlyList<Matrix> Moments();

    /// <summary>The way that serves this model.</summary>
    /// <exception cref="BadInputException">None does, or the model has no distribution.</exception>
    public static ExactMethod For(LayerPair pair, long maximumStates)
    {
        if (SmallerSide(pair, maximumStates) is int side) return new EnumeratedPair(pair, side);
        if (IsGaussian(pair)) return new GaussianPair(pair);
        throw new BadInputException($"neither layer can be enumerated: {Describe(pair[0])}, {Describe(pair[1])}, and the limit is {maximumStates} states; estimate by annealed importance sampling (AIS) instead");
    }

    /// <summary>Whether <see cref="For"/> finds a way.</summary>
    public static bool Exists(LayerPair pair, long maximumStates) => SmallerSide(pair, maximumStates) is not null || IsGaussian(pair);

    static int? SmallerSide(LayerPair pair, long maximumStates)
    {
        long lower = pair[0].StateCount ?? long.MaxValue, upper = pair[1].StateCount ?? long.MaxValue;
        return Math.Min(lower, upper) > maximumStates ? null : lower < upper ? 0 : 1;
    }

    static bool IsGaussian(LayerPair pair) => pair[0] is GaussianLayer && pair[1] is GaussianLayer;

    protected List<Matrix> ZeroMoments() =>
    [
        .. pair[0].Parameters.Select(p => p.Value.Like(1, p.Value.Columns)),
        .. pair[1].Parameters.Select(p => p.Value.Like(1, p.Value.Columns)),
        pair.Weights.Like(pair.Weights.Rows, pair.Weights.Columns),
    ];

    static string Describe(Layer layer) => layer switch
    {
        { StateCount: long count } => $"{layer} units have {count} states",
        GaussianLayer or ReluLayer => $"{layer} units are continuous",
        _ => $"{layer} units have more states than can be counted",
    };
}
