namespace Boltzmann.Inference;

/// <summary>What was drawn from a model.</summary>
/// <param name="Rows">The samples, in the units of the data. [count × columns].</param>
/// <param name="ColumnNames">Names of their columns.</param>
/// <param name="Sheet">The samples as pictures; null where none were wanted.</param>
/// <param name="Frames">The same at sweeps from the start to the last, ever further apart; empty where none were wanted.</param>
public sealed record SampleResult(Matrix Rows, IReadOnlyList<string> ColumnNames, PixelImage? Sheet, IReadOnlyList<PixelImage> Frames);
