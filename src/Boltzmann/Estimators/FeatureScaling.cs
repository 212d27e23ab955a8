namespace Boltzmann.Estimators;

/// <summary>What an estimator does to the columns of its rows before a model sees them.</summary>
public enum FeatureScaling
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To 0..1 on the training rows (<see cref="MinMaxScaler"/>).</summary>
    MinMax,

    /// <summary>To mean 0 and variance 1 on the training rows (<see cref="Standardizer"/>).</summary>
    Standardize,
}
