namespace Boltzmann.Data;

/// <summary>What one pass over a table shows.</summary>
/// <param name="Rows">How many rows were read.</param>
/// <param name="Schema">What the columns hold.</param>
/// <param name="Head">The first rows as they stand, as many as were asked for.</param>
public sealed record TableLook(int Rows, TableSchema Schema, IReadOnlyList<IReadOnlyList<string>> Head);
