namespace Boltzmann.Estimators;

/// <summary>How an estimator's fine-tuning turns a gradient into a step.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="Boltzmann.Adam"/>.</summary>
    Adam,

    /// <summary><see cref="Boltzmann.Sgd"/>: stochastic gradient descent with momentum.</summary>
    Sgd,
}
