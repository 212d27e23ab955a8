namespace Boltzmann.Inference;

/// <summary>How log Z is found. Members that are null stand at the value that their comment names.</summary>
public sealed record LogPartitionRequest
{
    /// <summary>What <see cref="Chains"/>, <see cref="Betas"/> and <see cref="BurnIn"/> stand at.</summary>
    public const int DefaultChains = 100, DefaultBetas = 1000, DefaultBurnIn = 1000;

    /// <summary>Exactly or by estimate; null for <see cref="LogPartitionMethod.Auto"/>.</summary>
    public LogPartitionMethod? Method { get; init; }

    /// <summary>
    /// Annealing: independent chains, whose spread is the error (Salakhutdinov and Murray 2008); null for
    /// <see cref="DefaultChains"/>.
    /// </summary>
    public int? Chains { get; init => field = Requested.AtLeast(1, "chains", value); }

    /// <summary>Annealing: inverse temperatures from 0 to 1; null for <see cref="DefaultBetas"/>, 10 000 is careful.</summary>
    public int? Betas { get; init => field = Requested.AtLeast(2, "betas", value); }

    /// <summary>Annealing: how these are spaced; null for <see cref="BetaSpacing.Linear"/>.</summary>
    public BetaSpacing? Spacing { get; init; }

    /// <summary>
    /// Annealing: the model at inverse temperature 0; null for <see cref="AnnealingStart.BaseRate"/> where there are rows, else
    /// <see cref="AnnealingStart.Uniform"/>.
    /// </summary>
    public AnnealingStart? Start { get; init; }

    /// <summary>Annealing: where the reverse estimate starts; null for <see cref="ReverseStart.Auto"/>.</summary>
    public ReverseStart? Reverse { get; init; }

    /// <summary>
    /// Annealing: free Gibbs sweeps of chains from data before the reverse estimate; null for <see cref="DefaultBurnIn"/>.
    /// </summary>
    public int? BurnIn { get; init => field = Requested.AtLeast(0, "burn-in", value); }

    /// <summary>The members that are stated, by their names on the command line.</summary>
    internal IEnumerable<string> Stated
    {
        get
        {
            if (Method is not null) yield return "method";
            if (Chains is not null) yield return "chains";
            if (Betas is not null) yield return "betas";
            if (Spacing is not null) yield return "spacing";
            if (Start is not null) yield return "start";
            if (Reverse is not null) yield return "reverse";
            if (BurnIn is not null) yield return "burn-in";
        }
    }
}
