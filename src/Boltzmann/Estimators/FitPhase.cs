namespace Boltzmann.Estimators;

/// <summary>What an estimator is learning.</summary>
public enum FitPhase
{
    /// <summary>Machines learn rows, without labels.</summary>
    Machines,

    /// <summary>A network learns labels or numbers, by back-propagation.</summary>
    Network,
}
