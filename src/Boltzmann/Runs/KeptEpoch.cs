namespace Boltzmann.Runs;

/// <summary>Which epoch's network a fine-tuning keeps where early stopping watches a metric.</summary>
public enum KeptEpoch
{
    /// <summary>The best by that metric.</summary>
    Best,

    /// <summary>The last.</summary>
    Last,
}
