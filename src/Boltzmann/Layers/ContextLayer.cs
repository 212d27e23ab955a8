namespace Boltzmann.Models;

/// <summary>
/// Units that are given in both phases: no potential, no parameters, never drawn. Weights from a context move the biases of the layers they
/// reach, row by row, so that the machine is p(others | context) with one partition function for each context: history in conditional
/// machines (Taylor, Hinton and Roweis 2007), attributes beside what is generated.
/// </summary>
/// <param name="units">Number of units; their values are any finite numbers.</param>
/// <param name="placement">Where they live.</param>
public sealed class ContextLayer(int units, Placement? placement = null) : Layer(units, placement)
{
    /// <summary>The name in files.</summary>
    public const string Name = "context";

    internal static LayerKind Registration { get; } = new(Name, UnitValues.Reals,
        (layer, placement) => new ContextLayer(layer.Size, placement))
    {
        Parameters = [],
        IsContext = true,
    };

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override bool IsContext => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Nothing: context has no potential.</summary>
    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null) { }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: context is given.</exception>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null) => throw Given();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: context is given.</exception>
    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) => throw Given();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: context is given.</exception>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) => throw Given();

    /// <summary>Nothing: there are no parameters.</summary>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null)
    { }

    /// <inheritdoc/>
    protected override Layer OfSize(IReadOnlyList<int> units) => new ContextLayer(units.Count, Placement);

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null) => new ContextLayer(Units, placement ?? Placement);

    /// <inheritdoc/>
    public override string? Complaint(ReadOnlySpan<double> row) => NotFinite(row);

    /// <summary>Nothing.</summary>
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances) { }

    static NotSupportedException Given() => new("context units are given and have no distribution of their own");
}
