namespace Boltzmann.Data;

/// <summary>A kind of file that holds sequences.</summary>
/// <param name="Name">What it is called by --format.</param>
/// <param name="Use">Which options have a meaning for it.</param>
/// <param name="Endings">Endings of names that tell it, in lower case, those of files that may be packed with .gz behind them.</param>
/// <param name="Read">Reads a file, opened at its beginning, as options say.</param>
sealed record SequenceFormat(string Name, SequenceUse Use, IReadOnlyList<string> Endings,
    Func<InputBytes, SequenceOptions, SequenceParts> Read)
{
    /// <summary>What a file of the kind begins with.</summary>
    public required FileFormat.BeginsSo Begins { get; init; }
}
