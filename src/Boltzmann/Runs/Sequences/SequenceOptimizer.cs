namespace Boltzmann.Runs;

/// <summary>How a gradient becomes a step.</summary>
public enum SequenceOptimizer
{
    /// <summary><see cref="Boltzmann.Adam"/>.</summary>
    Adam,

    /// <summary><see cref="Boltzmann.Sgd"/>: with momentum.</summary>
    Sgd,

    /// <summary><see cref="AdaGrad"/>, DyBM's own.</summary>
    Adagrad,

    /// <summary><see cref="RmsProp"/>.</summary>
    Rmsprop,

    /// <summary>Of machines without hidden units, whose likelihood has one maximum: limited-memory BFGS over all steps at once.</summary>
    Lbfgs,
}
