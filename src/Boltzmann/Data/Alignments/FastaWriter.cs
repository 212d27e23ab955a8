namespace Boltzmann.Data;

/// <summary>Writes sequences in FASTA: a line with the name, a line with the letters.</summary>
public static class FastaWriter
{
    /// <summary>Endings of names that ask for it.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".fasta", ".fa", ".fas"];

    /// <summary>Writes them.</summary>
    /// <param name="text">Written to.</param>
    /// <param name="sequences">Names, without blanks, and letters.</param>
    public static void Write(TextWriter text, IEnumerable<(string Name, string Letters)> sequences)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(sequences);
        foreach (var (name, letters) in sequences)
        {
            text.Write($">{name}\n");
            text.Write($"{letters}\n");
        }
    }
}
