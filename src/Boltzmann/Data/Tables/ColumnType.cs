namespace Boltzmann.Data;

/// <summary>What a column of a table holds.</summary>
public enum ColumnType
{
    /// <summary>Numbers on a line: Gaussian units.</summary>
    Real,

    /// <summary>One of two words or numbers: a Bernoulli unit.</summary>
    Binary,

    /// <summary>One of several words or numbers: a block of one-hot units.</summary>
    Categorical,

    /// <summary>Whole numbers from 0, few of them large: Gaussian units on a logarithmic scale or of normal scores.</summary>
    Count,

    /// <summary>Nothing that a model learns from: left out.</summary>
    Ignored,
}
