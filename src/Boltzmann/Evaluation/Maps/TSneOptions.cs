namespace Boltzmann.Evaluation;

/// <summary>How <see cref="TSne"/> draws its map.</summary>
public sealed record TSneOptions
{
    /// <summary>
    /// The number of neighbours that a row has, softly counted: 2 to the entropy in bits of its p(j|i). At most a third of the other rows.
    /// </summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Steps of gradient descent; the first quarter with exaggerated affinities.</summary>
    public int Iterations { get; init; } = 750;

    /// <summary>Settles where the points start, the only thing random.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;

    /// <summary>Threads at most; 0 for all cores. The map does not depend on it.</summary>
    public int Threads { get; init; }
}
