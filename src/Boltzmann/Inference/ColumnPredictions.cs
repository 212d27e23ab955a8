namespace Boltzmann.Inference;

/// <summary>What a model expects of one column of a table, row by row, given the others.</summary>
/// <param name="Data">Name of the rows.</param>
/// <param name="Column">The column.</param>
/// <param name="Words">Its words, in the order of the probabilities; empty for a column of numbers.</param>
/// <param name="Fields">The most probable word, or the expected number, as the table would write it.</param>
/// <param name="Probabilities">Of each word, row by row; empty for numbers.</param>
/// <param name="Means">The expected number of each row, not rounded; empty for words.</param>
/// <param name="Deviations">Its standard deviation.</param>
public sealed record ColumnPredictions(string Data, string Column, IReadOnlyList<string> Words, IReadOnlyList<string> Fields,
    IReadOnlyList<double[]> Probabilities, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations);
