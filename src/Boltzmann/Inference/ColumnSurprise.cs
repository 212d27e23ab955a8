namespace Boltzmann.Inference;

/// <summary>How little a model expected the value of one column, given the others of its row.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Value">What stands there, as the table writes it.</param>
/// <param name="Surprise">−log p(value | the others), in nats; of a number by its density on the scale of the model.</param>
public sealed record ColumnSurprise(string Column, string Value, double Surprise);
