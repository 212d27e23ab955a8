namespace Boltzmann.Searching;

/// <summary>The logarithm of an energy's normalising sum at a temperature: log Z(β) = log Σₓ e^(−βE(x)).</summary>
/// <param name="Beta">Inverse temperature, in one over the unit of energy.</param>
/// <param name="Value">In nats.</param>
/// <param name="StandardError">Of the value, in nats; 0 where it is exact.</param>
/// <param name="Method">"exact" or "population".</param>
public sealed record LogPartitionAt(double Beta, double Value, double StandardError, string Method);
