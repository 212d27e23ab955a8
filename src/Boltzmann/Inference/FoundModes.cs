using Boltzmann.Searching;

namespace Boltzmann.Inference;

/// <summary>The modes of a model, or the most probable completion of each given row.</summary>
/// <param name="Rows">Their visible units, in the units of the data. [modes × columns].</param>
/// <param name="ColumnNames">Names of the columns.</param>
/// <param name="Sheet">The modes as pictures; null where none were wanted.</param>
/// <param name="Modes">Energies and shares, by row.</param>
/// <param name="Searches">The one search, or that of each row that was completed.</param>
public sealed record FoundModes(Matrix Rows, IReadOnlyList<string> ColumnNames, PixelImage? Sheet, IReadOnlyList<Mode> Modes,
    IReadOnlyList<ModesResult> Searches)
{
    /// <summary>Variables of the whole machine.</summary>
    public int Variables { get; init; }

    /// <summary>Pairs of them with a weight.</summary>
    public int Pairs { get; init; }
}
