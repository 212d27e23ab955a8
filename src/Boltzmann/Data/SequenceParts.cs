namespace Boltzmann;

/// <summary>Sequences in the parts that learning needs.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Validation">To choose settings by; null for none.</param>
/// <param name="Test">To judge by, at the end; null for none.</param>
public sealed record SequenceParts(Sequences Training, Sequences? Validation = null, Sequences? Test = null);
