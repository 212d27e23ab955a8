namespace Boltzmann.Runs;

/// <summary>What a layer of a stack learns of those below.</summary>
public enum LayerInputWay
{
    /// <summary>Samples: of Bernoulli units drawn afresh at each presentation, of others once.</summary>
    Samples,

    /// <summary>Means.</summary>
    Means,
}
