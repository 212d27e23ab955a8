namespace Boltzmann.Evaluation;

/// <summary>How sequences are scored where numbers are not exact.</summary>
public sealed record SequenceScoring
{
    /// <summary>Whether log Z of each step is estimated by annealing even where it could be summed.</summary>
    public bool IsAnnealed { get; init; }

    /// <summary>Annealing: chains of each step, in each direction.</summary>
    public int Chains { get; init; } = 100;

    /// <summary>Annealing: inverse temperatures.</summary>
    public int Betas { get; init; } = 1000;

    /// <summary>Annealing: sweeps from the row itself before a backward walk.</summary>
    public int BurnIn { get; init; } = 100;

    /// <summary>Predictions of machines whose states cannot be summed: chains of each step.</summary>
    public int Samples { get; init; } = 100;

    /// <summary>Sweeps of those chains.</summary>
    public int Sweeps { get; init; } = 25;

    /// <summary>Whether such predictions come from mean-field inference instead of chains.</summary>
    public bool IsMeanField { get; init; }

    /// <summary>Sweeps of that inference.</summary>
    public int MeanFieldSweeps { get; init; } = 50;

    /// <summary>Predictions: more states than these are not summed even where they could be.</summary>
    internal long MostStates { get; init; } = long.MaxValue;

    /// <summary>Settles everything random.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;
}
