namespace Boltzmann.Inference;

/// <summary>Ways to log Z.</summary>
public enum LogPartitionMethod
{
    /// <summary>Exactly where a layer has at most 2²⁵ states, else by annealing.</summary>
    Auto,

    /// <summary>By enumerating a layer.</summary>
    Exact,

    /// <summary>By annealed importance sampling.</summary>
    Ais,
}
