namespace Boltzmann.Runs;

/// <summary>How grey values become bits.</summary>
public enum BinarizationWay
{
    /// <summary>Drawn for binary units, as they are for others.</summary>
    Auto,

    /// <summary>As they are.</summary>
    None,

    /// <summary>Cut at a level.</summary>
    Threshold,

    /// <summary>Drawn afresh at each presentation.</summary>
    Stochastic,
}
