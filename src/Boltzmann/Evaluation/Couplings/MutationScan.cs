namespace Boltzmann.Evaluation;

/// <summary>What every single change of a sequence does to its probability.</summary>
/// <param name="Name">What the sequence is called.</param>
/// <param name="Text">The sequence.</param>
/// <param name="Alphabet">Its letters.</param>
/// <param name="Sites">Names of the sites.</param>
/// <param name="Changes">log p(changed) − log p(sequence), in nats, [sites × letters]; 0 for the letter that is there.</param>
public sealed record MutationScan(string Name, string Text, Alphabet Alphabet, IReadOnlyList<string> Sites, double[,] Changes);
