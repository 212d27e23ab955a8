namespace Boltzmann.Inference;

/// <summary>How odd rows are to a model.</summary>
/// <param name="Data">Name of the rows.</param>
/// <param name="By">What was measured.</param>
/// <param name="Values">A score for each row; of the free energy the highest are odd, of the others the lowest.</param>
/// <param name="AreWhole">Whether each row is complete: the score of one with gaps is that of a smaller machine, and no measure beside
/// others.</param>
/// <param name="Limit">The score beyond which whole rows are odd, by whole rows of the training; null where no threshold was asked
/// for.</param>
/// <param name="Surprises">For each row the columns that make it odd, the oddest first; empty where none were asked for.</param>
public sealed record RowScores(string Data, ScoreMeasure By, IReadOnlyList<double> Values,
    IReadOnlyList<bool> AreWhole, double? Limit, IReadOnlyList<IReadOnlyList<ColumnSurprise>> Surprises)
{
    /// <summary>What each row is called; null where rows have no names.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether high scores are odd.</summary>
    public bool IsHighOdd => By == ScoreMeasure.FreeEnergy;

    /// <summary>Whether a row lies beyond the limit; false where there is none, and for rows with gaps.</summary>
    public bool IsOdd(int row) => AreWhole[row] && Limit is double limit && (IsHighOdd ? Values[row] > limit : Values[row] < limit);
}
