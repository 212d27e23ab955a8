namespace Boltzmann.Runs;

/// <summary>What a machine with labels learns of rows x and classes y (Larochelle and Bengio 2008).</summary>
public enum Objective
{
    /// <summary>log p(x, y).</summary>
    Generative,

    /// <summary>log p(y|x).</summary>
    Discriminative,

    /// <summary>log p(y|x) and a share of log p(x, y).</summary>
    Hybrid,
}
