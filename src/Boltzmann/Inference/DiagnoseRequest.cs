namespace Boltzmann.Inference;

/// <summary>How chains of a model are followed, to tell how well they mix.</summary>
public sealed record DiagnoseRequest
{
    /// <summary>What <see cref="Chains"/>, <see cref="BurnIn"/> and <see cref="Sweeps"/> stand at.</summary>
    public const int DefaultChains = 20, DefaultBurnIn = 1000, DefaultSweeps = 2000;

    /// <summary>The rows that chains start at, where they do; null members take those of the model's training.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>
    /// Chains, at each temperature, divided among their starts, at least one of each; null for <see cref="DefaultChains"/>.
    /// </summary>
    public int? Chains { get; init => field = Requested.AtLeast(2, "chains", value); }

    /// <summary>Sweeps before chains are followed; null for <see cref="DefaultBurnIn"/>.</summary>
    public int? BurnIn { get; init => field = Requested.AtLeast(0, "burn-in", value); }

    /// <summary>Sweeps that they are followed for; null for <see cref="DefaultSweeps"/>.</summary>
    public int? Sweeps { get; init => field = Requested.AtLeast(4, "sweeps", value); }

    /// <summary>
    /// Temperatures of tempered chains, whose states swap; null for plain chains, with a tempered ladder beside them as a check where they
    /// start apart.
    /// </summary>
    public int? Temperatures { get; init => field = Requested.AtLeast(2, "temperatures", value); }

    /// <summary>Whether moments of what the chains draw are wanted; see <see cref="ChainMoments"/>.</summary>
    public bool Observables { get; init; }

    /// <summary>Where chains begin.</summary>
    public DiagnosisStart Start { get; init; }
}
