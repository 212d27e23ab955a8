namespace Boltzmann;

/// <summary>A column of a row, and how odd its value is given the row's other columns.</summary>
/// <param name="Column">The column, counted from 0.</param>
/// <param name="Name">Its name; null where the rows had none.</param>
/// <param name="Value">What the row has.</param>
/// <param name="Expected">What the other columns make expect: the mean of the column given them, in the units of the data.</param>
/// <param name="Surprise">−log p(value | the other columns), in nats, p the density of the column brought to variance 1: about 1.4 for a
/// normal column that the others say nothing of.</param>
public sealed record OddColumn(int Column, string? Name, double Value, double Expected, double Surprise);
