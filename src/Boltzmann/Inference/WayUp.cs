namespace Boltzmann.Inference;

/// <summary>How layers of a deep Boltzmann machine find their means; others have one way up.</summary>
public enum WayUp
{
    /// <summary>Together, by mean-field inference.</summary>
    MeanField,

    /// <summary>In one pass from the rows up, as a network of these weights.</summary>
    Upward,

    /// <summary>So too, but layers with one above hear twice (Salakhutdinov and Hinton 2009).</summary>
    Doubled,
}
