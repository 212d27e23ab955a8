namespace Boltzmann.Data;

/// <summary>What NaN in a row of data stands for.</summary>
public enum MissingValues
{
    /// <summary>
    /// The unit is not part of the row's machine: it sends nothing, is not drawn and learns nothing from the row. Films that a person never
    /// saw, questions that were not asked (Salakhutdinov, Mnih and Hinton 2007). To its neighbours such a unit is as one of value 0.
    /// </summary>
    Absent,

    /// <summary>
    /// The unit has a value that nobody wrote down: it is completed by sampling given the rest as a row is presented, and summed out of
    /// likelihoods.
    /// </summary>
    Unknown,
}
