namespace Boltzmann.Inference;

/// <summary>Rows whose gaps a model filled, in the words of their table.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">A completion of every row, field by field: what was given stands as it stood. Of several draws all rows of the first
/// stand first.</param>
/// <param name="Spreads">For each row and field that was filled, how sure it is: of a number the standard deviation, of a word its
/// probability; null for fields that were given. Of the average over draws, one for each row.</param>
/// <param name="Filled">Fields that were filled, of all rows.</param>
/// <param name="Draws">Completions of each row.</param>
public sealed record CompletedTable(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows, IReadOnlyList<double?[]> Spreads,
    int Filled, int Draws);
